import { fixByCorrecting } from '../corrected';
import {
  fixForBlockOption,
  fixForGiven,
  fixForTestOption,
  fixForValue,
  valuesIn,
} from '../other-runners/words';
import { at, layOut, type Problem } from '../problem';
import { show } from '../show';
import type { NamedRequester, Site } from '../site';
import { capital } from '../words';

/** An unknown option of a test or describe block, or a wrong value. */
export function invalidTestOption(
  test: string,
  option: string,
  expected: string | undefined,
  got: unknown,
  known: readonly string[],
  site: Site,
  kind: 'test' | 'describe block' = 'test',
): Problem {
  return {
    code: 'ERR_TEST_OPTION',
    message: layOut(
      expected === undefined
        ? `${capital(kind)} "${test}" has unknown option "${option}".`
        : `Expected option "${option}" of ${kind} "${test}" to be ${expected}, got ${show(got)}.`,
      [`registered${at(site.at)}`, expected === undefined ? `Known options: ${known.join(', ')}` : undefined],
      expected !== undefined
        ? (fixByCorrecting(option, expected, got) ?? fixForValue(got, valuesIn(expected)))
        : kind === 'test'
          ? fixForTestOption(option, known)
          : fixForBlockOption(option, known, got),
    ),
    frames: site.frames,
  };
}

/** Jest's last argument, which is no number of ms. */
export function invalidLimit(requester: NamedRequester, got: unknown): Problem {
  return {
    code: 'ERR_TEST_OPTION',
    message: layOut(
      `Expected the timeout of ${requester.label} to be a number of milliseconds greater than 0, or Infinity, got ${show(got)}.`,
      [`registered${at(requester.site.at)}`],
      typeof got === 'object' && got !== null && requester.label.startsWith('test ')
        ? 'options come before the function: test(name, { timeout: 500 }, fn).'
        : 'give a number, or leave it out.',
    ),
    frames: requester.site.frames,
  };
}

/** `async function*` as a test or hook: Jest would never finish it. */
export function generatorTest(requester: NamedRequester): Problem {
  return {
    code: 'ERR_TEST_GENERATOR',
    message: layOut(
      `The function of ${requester.label} is an async generator, which Jest would never run.`,
      [`registered${at(requester.site.at)}`],
      'make it an async function; set-up and teardown around a yield belong in a fixture.',
    ),
    frames: requester.site.frames,
  };
}

/** A test or hook with a parameter after its fixtures: Jest's `done`, Playwright's `testInfo`, or more fixtures. */
export function parameterAfterFixtures(
  requester: NamedRequester,
  after: string | readonly string[] | undefined,
  fixtures: readonly string[] = [],
): Problem {
  const parameter = typeof after === 'string' ? `a parameter "${after}"` : 'another parameter';
  const areFixtures = typeof after === 'object' && after.some(name => fixForGiven(name) === undefined);
  return {
    code: 'ERR_TEST_API',
    message: layOut(
      `${capital(requester.label)} takes ${parameter} after its fixtures, but nothing is passed there.`,
      [`registered${at(requester.site.at)}`],
      areFixtures
        ? `put all names in one pair of braces: ({ ${[...new Set([...fixtures, ...after])].join(', ')} }) => ….`
        : 'await what the function waits for instead of calling done(); for facts about the test, name the fixture request: ({ request }) => ….',
    ),
    frames: requester.site.frames,
  };
}

/** Fixtures in the place of a value of `.each`. */
export interface InRow {
  /** The parameter, from 0. */
  readonly index: number;
  /** How many values the row has. */
  readonly columns: number;
  readonly names: readonly string[];
  /** The parameters as they have to be: `(a, b, { db })`. */
  readonly asMeant: string;
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];

/** A test of `.each` that takes fixtures from a value of its row, which does not have them. */
export function fixtureInRow(requester: NamedRequester, { index, columns, names, asMeant }: InRow): Problem {
  const taken = names.map(name => `"${name}"`).join(', ');
  const value = ORDINALS[index] === undefined ? `value ${index + 1}` : `the ${ORDINALS[index]} value`;
  return {
    code: 'ERR_TEST_API',
    message: layOut(
      `The function of ${requester.label} takes the fixture${names.length > 1 ? 's' : ''} ${taken} from its row, which has no such property.`,
      [
        `registered${at(requester.site.at)}`,
        `parameter ${index + 1} gets ${value} of the row; fixtures come after ${columns > 1 ? `all ${columns} columns` : 'its only column'}`,
      ],
      `write ${asMeant} => …, or give the name a default if rows may lack it.`,
    ),
    frames: requester.site.frames,
  };
}

/** A function of a describe block that names fixtures. */
export function fixturesOfBlock(name: string, fixtures: readonly string[], site: Site): Problem {
  const names = fixtures.length > 0 ? `{ ${fixtures.join(', ')} }` : '{}';
  return {
    code: 'ERR_TEST_API',
    message: layOut(
      `The function of describe block "${name}" requests fixtures, ${names}, but describe blocks get none.`,
      [`registered${at(site.at)}`],
      `request them in a hook or a test: beforeEach((${names}) => …).`,
    ),
    frames: site.frames,
  };
}

/** `test.extend`, `mergeTests` … with an invalid argument. */
export function invalidTestCall(call: string, got: unknown, fix: string, site: Site): Problem {
  return {
    code: 'ERR_TEST_API',
    message: layOut(`${call}, got ${show(got)}.`, [`called${at(site.at)}`], fix),
    frames: site.frames,
  };
}

/** Another runner's function for overriding fixtures. */
export function otherName(call: string, site: Site): Problem {
  return {
    code: 'ERR_TEST_API',
    message: layOut(
      `${call} does not exist here.`,
      [`called${at(site.at)}`],
      "call test.override('name', value) in the file or describe block; for one test write test(title, { overrides: { name: value } }, fn).",
    ),
    frames: site.frames,
  };
}

/** A test function that returned something other than a promise; Jest's own words. */
export function returnedValue(value: string): Problem {
  return {
    code: 'ERR_TEST_API',
    message: `test functions can only return Promise or undefined.\nReturned value: ${value}`,
  };
}

/** A generator test or hook that yielded what nothing can wait for; the words of `co`, with which Jest runs it. */
export function yieldedValue(value: string): Problem {
  return {
    code: 'ERR_TEST_API',
    message: `You may only yield a function, promise, generator, array, or object, but the following object was passed: "${value}"`,
  };
}

/** `done` and a returned value; Jest's own words. */
export function doneAndReturned(value: string): Problem {
  return {
    code: 'ERR_TEST_API',
    message: `Test functions cannot both take a 'done' callback and return something. Either use a 'done' callback, or return a promise.\nReturned value: ${value}`,
  };
}

/** A second call of `done`; Jest's own words. */
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

/** Each marker as an option. */
const AS_OPTION = {
  useFixtures: "useFixtures: ['a']",
  loopScope: "loopScope: 'file'",
  catchLoopExceptions: 'catchLoopExceptions: true',
  forbidGetEventLoop: 'forbidGetEventLoop: true',
  loop: 'loop: true',
  backend: "backend: 'virtual'",
};

/** A `mark` call while tests run. */
export function markedLate(site: Site, marker: keyof typeof AS_OPTION = 'useFixtures'): Problem {
  return {
    code: 'ERR_TEST_API',
    message: layOut(
      `mark.${marker}() was called while tests were running; that is too late to mark them.`,
      [`called${at(site.at)}`],
      `call it in a describe block or at the top of a file, or say it for one test: test(name, { ${AS_OPTION[marker]} }, fn).`,
    ),
    frames: site.frames,
  };
}
