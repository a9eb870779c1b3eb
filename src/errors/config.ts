import { mendValue, valuesIn } from './our-words';
import { layOut, type Problem } from './problem';
import { show } from './show';

/** An option of the project, of a docblock or of an environment variable that is unknown or has a wrong value. */
export function invalidOption(
  source: string,
  option: string,
  expected: string | undefined,
  got: unknown,
  known: readonly string[],
): Problem {
  return {
    code: 'ERR_OPTION_INVALID',
    message: layOut(
      expected === undefined
        ? `Unknown option "${option}" in ${source}.`
        : `Expected option "${option}" in ${source} to be ${expected}, got ${show(got)}.`,
      [expected === undefined ? `Valid options: ${known.join(', ')}` : undefined],
      expected === undefined ? mendValue(option, known) : mendValue(got, valuesIn(expected)),
    ),
  };
}

/** An option of a later version. */
export function optionNotBuilt(source: string, option: string): Problem {
  return {
    code: 'ERR_OPTION_INVALID',
    message: layOut(
      `Option "${option}" in ${source} does nothing yet: this version of jest-loop has one backend, real time.`,
      [],
      'leave it out.',
    ),
  };
}

/** Options that are not an object. */
export function invalidOptions(source: string, got: unknown, detail?: string): Problem {
  return {
    code: 'ERR_OPTION_INVALID',
    message: layOut(
      `Expected ${source} to be an object with options, got ${show(got)}.`,
      [detail],
      'write it as { "option": value }.',
    ),
  };
}

/** A `jest.fixtures` file that the project's patterns take for a test. */
export function fixtureFileAsTest(): Problem {
  return {
    code: 'ERR_OPTION_INVALID',
    message: layOut(
      'Jest took a jest.fixtures file, which declares fixtures for its directory, for a test.',
      ["The preset excludes such files by testPathIgnorePatterns, which the project's own patterns replace."],
      "add 'jest[.]fixtures[.]' to testPathIgnorePatterns.",
    ),
  };
}

/** `withFixtureFiles` was given something that finds no dependencies. */
export function noExtractor(got: unknown): Problem {
  return {
    code: 'ERR_OPTION_INVALID',
    message: layOut(
      `Expected withFixtureFiles() to be given a dependency extractor, { extract }, got ${show(got)}.`,
      [],
      "give it the module: withFixtureFiles(require('./own-extractor')).",
    ),
  };
}

/** `withLoop` was given something that it cannot extend. */
export function noEnvironmentClass(got: unknown): Problem {
  const waits = typeof (got as { then?: unknown } | null | undefined)?.then === 'function';
  return {
    code: 'ERR_ENVIRONMENT',
    message: layOut(
      `Expected withLoop() to get a test environment class, got ${show(got)}.`,
      [],
      waits
        ? 'await the import(), or use require().'
        : 'give it the class or the module that exports it: withLoop(require("jest-environment-jsdom")).',
    ),
  };
}

/** `withSession` was given something that is no `globalSetup` or `globalTeardown`. */
export function noGlobalFunction(kind: 'setup' | 'teardown', got: unknown): Problem {
  return {
    code: 'ERR_OPTION_INVALID',
    message: layOut(
      `Expected withSession() to be given the function of a global ${kind}, got ${show(got)}.`,
      [],
      `give it the function, or the module that exports it by default: withSession(require('./own-${kind}')).`,
    ),
  };
}
