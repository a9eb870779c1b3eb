import { fixByCorrecting } from '../corrected';
import { fixForValue, valuesIn } from '../other-runners/words';
import { layOut, type Problem } from '../problem';
import { show, shown } from '../show';

/** An unknown option or a wrong value, from the configuration, a docblock or an environment variable. */
export function invalidOption(
  source: string,
  option: string,
  expected: string | undefined,
  got: unknown,
  known: readonly string[],
): Problem {
  // A docblock and a variable have no code.
  const isCode = source.startsWith('testEnvironmentOptions');
  return {
    code: 'ERR_OPTION_INVALID',
    message: layOut(
      expected === undefined
        ? `Unknown option "${option}" in ${source}.`
        : `Expected option "${option}" in ${source} to be ${expected}, got ${show(got)}.`,
      [expected === undefined ? `Valid options: ${known.join(', ')}` : undefined],
      expected === undefined
        ? fixForValue(option, known)
        : ((isCode ? fixByCorrecting(option, expected, got) : undefined) ??
            fixForValue(got, valuesIn(expected))),
    ),
  };
}

/** An option of ours beside `loop`, where nothing reads it. */
export function optionBesideLoop(option: string, got: unknown): Problem {
  return {
    code: 'ERR_OPTION_INVALID',
    message: layOut(
      `Option "${option}" stands in testEnvironmentOptions itself, where nothing reads it.`,
      [],
      `put it below loop: testEnvironmentOptions: { loop: { ${option}: ${shown(got)} } }.`,
    ),
  };
}

/** Options that are no object. */
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

/** A `jest.fixtures` file that matches the project's patterns for tests. */
export function fixtureFileAsTest(): Problem {
  return {
    code: 'ERR_OPTION_INVALID',
    message: layOut(
      'Jest ran a jest.fixtures file as a test, but it declares fixtures for its directory.',
      [
        "The preset excludes these files with testPathIgnorePatterns; the project's own patterns replace that.",
      ],
      "add 'jest[.]fixtures[.]' to testPathIgnorePatterns.",
    ),
  };
}

/** `withFixtureFiles` with something other than a dependency extractor. */
export function noExtractor(got: unknown): Problem {
  return {
    code: 'ERR_OPTION_INVALID',
    message: layOut(
      `Expected withFixtureFiles() to get a dependency extractor, { extract }, got ${show(got)}.`,
      [],
      "give it the module: withFixtureFiles(require('./own-extractor')).",
    ),
  };
}

/** `withLoop` with something that it cannot extend. */
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

/** `withSession` with something other than a `globalSetup` or `globalTeardown`. */
export function noGlobalFunction(kind: 'setup' | 'teardown', got: unknown): Problem {
  return {
    code: 'ERR_OPTION_INVALID',
    message: layOut(
      `Expected withSession() to get the function of a global ${kind}, got ${show(got)}.`,
      [],
      `give it the function, or the module that exports it by default: withSession(require('./own-${kind}')).`,
    ),
  };
}
