import type { AggregatedResult } from '@jest/test-result';
import type { Config } from '@jest/types';
import { refuseMisspelt } from '../cli/misspelt';
import { parseArguments } from '../cli/parse-arguments';
import { errorOf } from '../errors/problem';
import {
  closedLoopGiven,
  invalidProgramOption,
  notInProgram,
  refusedArguments,
  runsAlready,
  unknownProgramOption,
} from '../errors/project/command-line';
import { EXIT_CODE } from '../jest/interrupt/exit-interrupted';
import { addPlaces } from '../jest/observe/add-places';
import { type Embedding, embed, embedding } from '../jest/process/embedding';
import { findJest, projectFolders } from '../jest/process/find-jest';
import { jestState } from '../jest/process/jest-state';
import { jestParent } from '../jest/process/to-jest';
import { watchConfigs } from '../jest/process/watch-configs';
import type { WatchedProcess } from '../jest/report/route-errors';
import type { Loop } from '../loop';
import { currentStep, runIn, Step } from '../loop/steps/step';
import * as json from '../node/json';
import { resolve } from '../node/path';
import { types } from '../node/util';
import { processState } from '../process/process-state';
import { turn } from '../process/real-time';
import { BorrowedProcess } from './borrowed-process';
import { borrowState } from './borrowed-state';
import { keepTimersOfJest } from './timers-of-jest';

/** Options of {@link runJest}. See docs/command-line.md. */
export interface RunJestOptions {
  /**
   * Arguments as on the command line, ours and Jest's: `['-t', 'adds', '--loop-debug']`. The run is in band whatever
   * they say. @default none
   */
  readonly argv?: readonly string[];
  /** The configuration, or the path of its file, from the current folder. @default the one that Jest finds in `rootDir` */
  readonly config?: Config.InitialOptions | string;
  /** The folder of the project, from the current one. @default the current folder */
  readonly rootDir?: string;
  /** The Loop to run in; it stays open. @default the running Loop, if there is one */
  readonly loop?: Loop;
}

/** What a run has given. See docs/command-line.md. */
export interface RunJestResult {
  /** Whether the exit code is 0. */
  readonly success: boolean;
  /** The code that `npx jest` would exit with: 130 after an interrupt. */
  readonly exitCode: number;
  /** Jest's own results, as `--json` writes them and reporters get them. */
  readonly results: AggregatedResult;
}

interface JestResult {
  readonly results: AggregatedResult;
  readonly globalConfig: Config.GlobalConfig;
}

/** The Jest of a project. */
interface Jest {
  buildArgv(args: readonly string[]): Promise<Config.Argv>;
  runCLI(argv: Config.Argv, projects: readonly string[]): Promise<JestResult>;
}

const OPTIONS = ['argv', 'config', 'rootDir', 'loop'];
/** What does not return, or runs no tests. */
const REFUSED = ['watch', 'watchAll', 'showConfig', 'clearCache'] as const;

/**
 * Runs Jest in this process, in band. When it returns, every fixture is down, and nothing of the run is left in the
 * process: no listener, no environment variable, no exit code. One run at a time; any number one after another.
 *
 * ```ts
 * import { runJest } from 'jest-loop/run';
 * const { success } = await runJest({ rootDir: 'packages/api', argv: ['--silent'] });
 * ```
 *
 * Fixtures of scope `session` run in `loop`. Ctrl-C ends the run tidily, as on the command line. See docs/command-line.md.
 *
 * @throws `ERR_OPTION_INVALID` for wrong options or arguments, `ERR_ENVIRONMENT` inside a test or during another run or
 *   without Jest, and what Jest throws for a configuration that it cannot read; failing tests throw nothing
 */
export async function runJest(options: RunJestOptions = {}): Promise<RunJestResult> {
  const cwd = process.cwd();
  const { argv = [], config, rootDir, loop = currentLoop() } = checkedOptions(options);
  const { jest: args, env, flags, help, init } = parseArguments(argv, cwd);
  if (help || init) throw errorOf(notInProgram(help ? '--help' : '--init'));
  if (embedding() !== undefined) throw errorOf(runsAlready(false));
  if (jestParent() !== undefined || jestState.runningFiles > 0 || jestState.mainRun !== undefined)
    throw errorOf(runsAlready(true));
  const root = resolve(cwd, rootDir ?? '.');
  const { file } = findJest([...new Set([root, ...projectFolders(args, cwd)])]);
  refuseMisspelt(args, file);
  const jest = require(file) as Jest;

  let failedWith: number | undefined;
  let wasInterrupted = false;
  const giveBackState = borrowState();
  const borrowed = new BorrowedProcess(code => {
    failedWith ||= code;
  });
  let end = (): void => {};
  const done = new Promise<void>(resolve => {
    end = resolve;
  });
  const program: Embedding = {
    rootDir: root,
    loop,
    bail: 0,
    fail: code => {
      failedWith ||= code;
    },
    interrupted: () => {
      wasInterrupted = true;
    },
    exit: code => Reflect.apply(borrowed.exit, process, [code]) as never,
    done,
    ends: new Set(),
  };
  const leave = embed(program);
  // Of its own: a caller that is given up does not take the run with it.
  const step = new Step('runJest', loop ?? null, undefined);
  const dropTimers = keepTimersOfJest(step);
  // Jest itself exits for `bail`.
  const unwatch = watchConfigs(file, ({ globalConfig, configs }) => {
    refuseWatching(globalConfig);
    program.bail = globalConfig.bail;
    return { globalConfig: Object.freeze({ ...globalConfig, bail: 0 }), configs };
  });
  const withoutPlaces = flags.includes('--fixtures') ? addPlaces(file) : undefined;
  borrowed.setVariables(env);
  const run = async (): Promise<JestResult> => {
    const parsed = await argumentsFor(jest, args, () => failedWith);
    const given = configFor(config, rootDir === undefined ? undefined : root);
    return await jest.runCLI({ ...parsed, ...given }, [root]);
  };
  try {
    const { results, globalConfig } = await runIn(step, run);
    await endAll(program);
    // Node reports rejections at the end of a turn.
    await turn();
    failedWith ||= process.exitCode === undefined ? 0 : Number(process.exitCode);
    const failed = results.success ? 0 : globalConfig.testFailureExitCode;
    const exitCode = wasInterrupted ? EXIT_CODE : failedWith || failed;
    return { success: exitCode === 0 && results.success, exitCode, results };
  } finally {
    await endAll(program);
    unwatch();
    withoutPlaces?.();
    leave();
    stopWatching();
    dropTimers();
    giveBackState();
    borrowed.giveBack();
    end();
  }
}

async function endAll({ ends }: Embedding): Promise<void> {
  for (const end of ends) await end();
}

function checkedOptions(options: RunJestOptions): RunJestOptions {
  const call = 'runJest()';
  const isObject = (value: unknown): boolean =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const check = (name: keyof RunJestOptions, expected: string, holds: (value: unknown) => boolean): void => {
    const value = options[name];
    if (value !== undefined && !holds(value))
      throw errorOf(invalidProgramOption(call, `"${name}"`, expected, value));
  };
  if (!isObject(options))
    throw errorOf(invalidProgramOption(call, 'the argument', 'an object with options', options));
  const unknown = Object.keys(options).find(name => !OPTIONS.includes(name));
  if (unknown !== undefined) throw errorOf(unknownProgramOption(call, unknown, OPTIONS));
  check('argv', 'a list of strings', value => Array.isArray(value) && value.every(isString));
  check('config', 'a configuration or a path', value => isString(value) || isObject(value));
  check('rootDir', 'a path', isString);
  check('loop', 'a Loop', value => typeof Object(value).createTask === 'function');
  if (options.loop?.closed) throw errorOf(closedLoopGiven(options.loop.name));
  return options;
}

const isString = (value: unknown): boolean => typeof value === 'string';

function currentLoop(): Loop | undefined {
  const step = currentStep();
  const loop = step === undefined ? processState.installed.at(-1) : step.loop;
  return (loop as Loop | null | undefined) ?? undefined;
}

/** Jest's own reading of the arguments. It would exit where it refuses them. */
async function argumentsFor(
  jest: Jest,
  args: readonly string[],
  exited: () => number | undefined,
): Promise<Config.Argv> {
  const { maxWorkers, w, ...parsed } = await jest.buildArgv(
    args.filter(arg => !/^(-i|--runInBand)$/.test(arg)),
  );
  if (exited() !== undefined || parsed.help || parsed.version) throw errorOf(refusedArguments(args));
  const refused = REFUSED.find(name => parsed[name]);
  if (refused !== undefined) throw errorOf(notInProgram(`--${refused}`));
  return { ...parsed, runInBand: true, i: true } as Config.Argv;
}

/** The configuration may ask for watch mode, too. */
function refuseWatching(globalConfig: Config.GlobalConfig): void {
  const name = (['watch', 'watchAll'] as const).find(each => globalConfig[each]);
  if (name !== undefined) throw errorOf(notInProgram(`\`${name}: true\` by its configuration`, `--${name}`));
}

/** The configuration as Jest takes it from a command line. */
function configFor(config: RunJestOptions['config'], rootDir: string | undefined): Partial<Config.Argv> {
  if (config === undefined) return {};
  if (typeof config === 'string') return { config, ...(rootDir !== undefined && { rootDir }) };
  const text = json.stringify({ rootDir: rootDir ?? process.cwd(), ...config }, (_, value: unknown) => {
    if (typeof value !== 'function' && !types.isRegExp(value)) return value;
    const expected = 'a configuration that can be written as JSON';
    throw errorOf(invalidProgramOption('runJest()', '"config"', expected, value));
  });
  return { config: text };
}

/** Errors in this process are the program's again. */
function stopWatching(): void {
  const state = processState as WatchedProcess;
  state.errorWatch?.stop();
  delete state.errorWatch;
}
