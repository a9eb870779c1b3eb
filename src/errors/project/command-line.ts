import { stringify } from '../../node/json';
import { nearest } from '../nearest';
import { fixForValue, valuesIn } from '../other-runners/words';
import { layOut, type Problem } from '../problem';
import { show } from '../show';

/** A flag with a wrong value, or without the value that it needs. */
export function invalidFlag(flag: string, expected: string, got: string | undefined): Problem {
  const known = valuesIn(expected);
  const given = got === undefined ? 'got none' : `got ${stringify(got)}`;
  const close = got !== undefined && known.length > 0 ? fixForValue(got, known) : undefined;
  const usage = `npx jest-loop --help explains the flag.`;
  return {
    code: 'ERR_OPTION_INVALID',
    message: layOut(`Expected --${flag} to be ${expected}, ${given}.`, [], close ?? usage),
  };
}

/** A flag that looks like one of ours, and is none of Jest's; `near` is the one that was probably meant. */
export function unknownFlag(flag: string, known: readonly string[], near?: string): Problem {
  const meant = near ?? nearest(flag, known)[0];
  return {
    code: 'ERR_OPTION_INVALID',
    message: layOut(
      `Unknown flag ${flag}.`,
      [`Flags of jest-loop: ${known.join(', ')}`],
      meant === undefined ? fixForValue(flag, known) : `write ${meant}.`,
    ),
  };
}

/** `--init` beside arguments of a test run. */
export function initAlone(others: readonly string[]): Problem {
  return {
    code: 'ERR_OPTION_INVALID',
    message: layOut(
      `--init runs no tests, but was given ${others.join(' ')}.`,
      [],
      'leave that out. Beside --init there may be --rootDir and --config.',
    ),
  };
}

/** `--init` with a `--config` that is JSON, or names no file. */
export function initNeedsFile(config: string): Problem {
  return {
    code: 'ERR_OPTION_INVALID',
    message: layOut(
      `--init adds to the file of a configuration, and --config names none: ${config}`,
      [],
      'name the file, or leave --config out.',
    ),
  };
}

/** The project has no Jest. */
export function noJest(folders: readonly string[]): Problem {
  return {
    code: 'ERR_ENVIRONMENT',
    message: layOut(
      `Jest is not installed for ${folders[0]}.`,
      folders.slice(1).map(folder => `Nor is it for ${folder}.`),
      'npm install --save-dev jest.',
    ),
  };
}

/** The project's Jest is too old. */
export function oldJest(version: string, place: string): Problem {
  return {
    code: 'ERR_ENVIRONMENT',
    message: layOut(
      `jest-loop needs Jest 30 or later, and this project has Jest ${version}.`,
      [`It is in ${place}`],
      'npm install --save-dev jest@latest.',
    ),
  };
}

/** Flags that need the package in a project that does not use it. `projects`: the files of several projects. */
export function notConfigured(
  flags: readonly string[],
  rootDir: string,
  projects: readonly string[] = [],
): Problem {
  return {
    code: 'ERR_ENVIRONMENT',
    message: withFix(
      `${flags.join(', ')} would do nothing: ${doesNotUse(rootDir, projects, 'the')} jest-loop.`,
      projects,
    ),
  };
}

/** A project that does not use the package, run by its command anyway. */
export function notUsed(rootDir: string, projects: readonly string[] = []): Problem {
  return {
    code: 'ERR_ENVIRONMENT',
    message: withFix(
      `${doesNotUse(rootDir, projects, 'The')} jest-loop: its tests run in plain Jest, without fixtures.`,
      projects,
    ),
  };
}

const doesNotUse = (rootDir: string, { length }: readonly string[], the: 'the' | 'The'): string =>
  length === 0
    ? `${the} Jest configuration of ${rootDir} does not use`
    : `${the} Jest configuration of ${rootDir} has projects, none of which uses`;

function withFix(what: string, projects: readonly string[]): string {
  const several = projects.length > 0;
  return layOut(
    what,
    [several ? 'A preset has no effect beside `projects`: each project needs its own.' : undefined],
    `add the first line to ${several ? projects.join(' and to ') : 'it'}, or let npx jest-loop --init ${several ? 'say how' : 'do so'}; beside another preset, the other two:`,
    [
      "preset: 'jest-loop',",
      "testEnvironment: 'jest-loop/environment',",
      "setupFilesAfterEnv: ['jest-loop/setup'],",
    ],
  );
}

/** Flags that need the runner in a project without it. */
export function needsRunner(flags: readonly string[], rootDir: string): Problem {
  return {
    code: 'ERR_ENVIRONMENT',
    message: layOut(
      `${flags.join(', ')} would show nothing: the Jest configuration of ${rootDir} has no runner of jest-loop.`,
      ['The preset brings it.'],
      'add this line to it:',
      ["runner: 'jest-loop/runner',"],
    ),
  };
}

/** A wrong option of `runJest` or `runAsMain`. */
export function invalidProgramOption(call: string, option: string, expected: string, got: unknown): Problem {
  return {
    code: 'ERR_OPTION_INVALID',
    message: layOut(
      `Expected ${option} of ${call} to be ${expected}, got ${show(got)}.`,
      [],
      'correct it, or leave it out.',
    ),
  };
}

/** An unknown option of `runJest` or `runAsMain`. */
export function unknownProgramOption(call: string, option: string, known: readonly string[]): Problem {
  return {
    code: 'ERR_OPTION_INVALID',
    message: layOut(
      `Unknown option "${option}" of ${call}.`,
      [`Valid options: ${known.join(', ')}`],
      fixForValue(option, known),
    ),
  };
}

/** Arguments or a configuration of `runJest` that are no test run, or one without an end. */
export function notInProgram(given: string, flag = given): Problem {
  return {
    code: 'ERR_OPTION_INVALID',
    message: layOut(
      `runJest() runs tests once and returns, but was given ${given}.`,
      [],
      `leave it out, or run npx jest-loop ${flag}.`,
    ),
  };
}

/** Jest has refused the arguments of `runJest`, and has printed why. */
export function refusedArguments(args: readonly string[]): Problem {
  return {
    code: 'ERR_OPTION_INVALID',
    message: layOut(
      `Jest does not take these arguments: ${args.join(' ')}`,
      ['It has printed why.'],
      'correct the argv of runJest().',
    ),
  };
}

/** A run inside another one. */
export function runsAlready(inTest: boolean): Problem {
  return {
    code: 'ERR_ENVIRONMENT',
    message: layOut(
      inTest
        ? 'runJest() was called in a process that runs tests, and one process has room for one run.'
        : 'runJest() was called before the last run had ended, and one process has room for one run.',
      [],
      inTest ? 'start the program that calls it as a child process.' : 'await the last call first.',
    ),
  };
}

/** A closed Loop for a run. */
export function closedLoopGiven(name: string): Problem {
  return {
    code: 'ERR_LOOP_CLOSED',
    message: layOut(`runJest() cannot run in Loop "${name}", which is closed.`, [], 'give it an open one.'),
  };
}
