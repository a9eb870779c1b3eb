import { errorOf, type Problem, textOf } from '../errors/problem';
import { needsRunner, notConfigured, notUsed } from '../errors/project/command-line';
import { addPlaces } from '../jest/observe/add-places';
import { findJest, projectFolders } from '../jest/process/find-jest';
import { mayHaveRunner, usesPackage } from '../jest/process/uses-package';
import { type Configs, watchConfigs } from '../jest/process/watch-configs';
import { FLAGS } from './flags';
import { helpText } from './help';
import { init } from './init/init';
import { refuseMisspelt } from './misspelt';
import { type CommandLine, parseArguments } from './parse-arguments';

/** Of Jest's main module. */
interface Jest {
  run(args: readonly string[]): Promise<void>;
}

/**
 * The command `jest-loop`. Jest runs in this process, so that its output, exit code and signals are its own; what our
 * flags set goes to all processes of the run through environment variables.
 */
export function main(args: readonly string[], cwd: string): void {
  try {
    const line = parseArguments(args, cwd);
    if (line.help) process.stdout.write(helpText());
    else if (line.init) init(line.jest, line.flags, cwd);
    else runJest(line, cwd);
  } catch (error) {
    // A mistake needs no stack.
    if (!(error as NodeJS.ErrnoException).code?.startsWith('ERR_')) throw error;
    process.stderr.write(`${textOf(error as Error & Problem)}\n`);
    process.exitCode = 1;
  }
}

function runJest({ jest: args, env, flags }: CommandLine, cwd: string): void {
  const { file, bin } = findJest(projectFolders(args, cwd));
  refuseMisspelt(args, file);
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  // As Jest's own command does, and as configurations see it.
  process.env.NODE_ENV ??= 'test';
  process.argv = [process.argv[0]!, bin, ...args];
  watchConfigs(file, configs => checkUse(configs, flags));
  if (flags.includes('--fixtures')) addPlaces(file);
  // It reports its errors itself.
  void (require(file) as Jest).run(args);
}

/** Flags in vain are a mistake; without any, the run goes on with a warning. Each part of several projects may do without. */
function checkUse(read: Configs, flags: readonly string[]): Configs {
  const { configs, globalConfig } = read;
  const fail = (problem: Problem): never => {
    const error = errorOf(problem);
    // Jest shows the stack.
    error.stack = textOf(problem);
    throw error;
  };
  if (!configs.every(config => usesPackage(config) === false)) {
    const readers = flags.filter(flag => FLAGS.some(each => each.readsEvents && `--${each.name}` === flag));
    if (readers.length > 0 && !configs.some(mayHaveRunner)) fail(needsRunner(readers, globalConfig.rootDir));
    return read;
  }
  if (flags.length > 0) fail(notConfigured(flags, globalConfig.rootDir));
  process.stderr.write(`${textOf(notUsed(globalConfig.rootDir))}\n`);
  return read;
}
