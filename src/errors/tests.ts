import { nearest } from './nearest';
import { at, layOut, type Problem } from './problem';
import { show } from './show';
import type { Asker, Site } from './site';
import { capital } from './words';

/** An option of a test or describe block that is unknown or has a wrong value. */
export function invalidTestOption(
  test: string,
  option: string,
  expected: string | undefined,
  got: unknown,
  known: readonly string[],
  site: Site,
  kind: 'test' | 'describe block' = 'test',
): Problem {
  const close = expected === undefined ? nearest(option, known)[0] : undefined;
  return {
    code: 'ERR_TEST_OPTION',
    message: layOut(
      expected === undefined
        ? `${capital(kind)} "${test}" has unknown option "${option}".`
        : `Expected option "${option}" of ${kind} "${test}" to be ${expected}, got ${show(got)}.`,
      [`registered${at(site.at)}`, expected === undefined ? `Known options: ${known.join(', ')}` : undefined],
      close === undefined ? 'correct it, or leave it out.' : `did you mean "${close}"?`,
    ),
    frames: site.frames,
  };
}

/** `async function*` as a test or hook: Jest would never finish it. */
export function generatorTest(asker: Asker): Problem {
  return {
    code: 'ERR_TEST_GENERATOR',
    message: layOut(
      `The function of ${asker.label} is an async generator, which nothing would run.`,
      [`registered${at(asker.site.at)}`],
      'make it an async function; set-up and teardown around a yield belong in a fixture.',
    ),
    frames: asker.site.frames,
  };
}

/** A call of `test.extend`, `mergeTests` … with something else than it takes. */
export function invalidTestCall(call: string, got: unknown, fix: string, site: Site): Problem {
  return {
    code: 'ERR_TEST_API',
    message: layOut(`${call}, got ${show(got)}.`, [`called${at(site.at)}`], fix),
    frames: site.frames,
  };
}

/** A test function that returned something that is not a promise; Jest's own words. */
export function returnedValue(value: string): Problem {
  return {
    code: 'ERR_TEST_API',
    message: `test functions can only return Promise or undefined.\nReturned value: ${value}`,
  };
}

/** `done` and a returned value; Jest's own words. */
export function doneAndReturned(value: string): Problem {
  return {
    code: 'ERR_TEST_API',
    message: `Test functions cannot both take a 'done' callback and return something. Either use a 'done' callback, or return a promise.\nReturned value: ${value}`,
  };
}

/** `done` called a second time; Jest's own words. */
export function doneCalledTwice(reason: string | undefined): Problem {
  return {
    code: 'ERR_TEST_API',
    message: `Expected done to be called once, but it was called multiple times.${reason === undefined ? '' : ` Reason: ${reason}`}`,
  };
}

/** `done('text')`; Jest's own words. */
export function doneWithReason(reason: string): Problem {
  return { code: 'ERR_TEST_API', message: `Failed: ${reason}` };
}

/** The package is used in a file that another environment runs. */
export function noEnvironment(name: string): Problem {
  return {
    code: 'ERR_NO_ENVIRONMENT',
    message: layOut(
      `${name}() of jest-loop needs jest-loop's environment, which does not run this file.`,
      [
        "Set by `preset: 'jest-loop'`, or by `testEnvironment: 'jest-loop/environment'` with 'jest-loop/setup' first in setupFilesAfterEnv.",
      ],
      "use the preset, and take a @jest-environment comment out of this file or let it name an environment that is made by withLoop() of 'jest-loop/environment' (docs/environments.md).",
    ),
  };
}

/** A test or hook asks for fixtures in a file that another environment runs. */
export function asksElsewhere(asker: Asker, file: string, environment: string | undefined): Problem {
  const ownEnvironment = /^(?:jest-environment-)?node$/.test(environment ?? '');
  const base = environment === undefined || !/^[\w-]+$/.test(environment) ? '…' : packageOf(environment);
  return {
    code: 'ERR_NO_ENVIRONMENT',
    message: layOut(
      `${capital(asker.label)} asks for fixtures, but the environment that runs ${file} is none of jest-loop's.`,
      [
        `registered${at(asker.site.at)}`,
        environment === undefined
          ? 'The environment is the one that the project names as its testEnvironment.'
          : `The environment is "${environment}", named by the @jest-environment comment of the file.`,
      ],
      ownEnvironment
        ? "take the comment out: jest-loop's environment is Jest's own for Node."
        : `name a file in its place with module.exports = require("jest-loop/environment").withLoop(require("${base}")), see docs/environments.md.`,
    ),
    frames: asker.site.frames,
  };
}

/** `jsdom` is short for a package. */
function packageOf(environment: string): string {
  return environment.startsWith('jest-environment-') ? environment : `jest-environment-${environment}`;
}

/** The installed Jest does not tell when its setup files are done. */
export function unsupportedJest(): Problem {
  return {
    code: 'ERR_NO_ENVIRONMENT',
    message: layOut(
      'jest-loop could not tell setup files and test file apart: this version of Jest loads them in a way it does not know.',
      [],
      'use a version of Jest that package.json names as a peer, and report this.',
    ),
  };
}

/** The markers as options, each in an example. */
const AS_OPTION = {
  useFixtures: "useFixtures: ['a']",
  loopScope: "loopScope: 'file'",
  catchLoopExceptions: 'catchLoopExceptions: true',
  forbidGetEventLoop: 'forbidGetEventLoop: true',
  loop: 'loop: true',
};

/** A `mark` statement while tests run. */
export function markedLate(site: Site, marker: keyof typeof AS_OPTION = 'useFixtures'): Problem {
  return {
    code: 'ERR_TEST_API',
    message: layOut(
      `mark.${marker}() is called while tests run; by then it is settled what counts for each test.`,
      [`called${at(site.at)}`],
      `call it in a describe block or at the top of a file, or say it for one test: test(name, { ${AS_OPTION[marker]} }, fn).`,
    ),
    frames: site.frames,
  };
}
