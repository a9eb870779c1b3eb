/*
 * Members that Vitest's, Playwright's and pytest's `test`, `describe`, `mark` and `expect` have and ours have not. They stay
 * undefined, as code that looks for them expects; the TypeError of a call gets the fix. So does Jest's error for a call
 * of a member that takes other arguments here.
 */

const SKIP_IF = 'write (condition ? test.skip : test)(name, fn), or call request.skip(reason) in the test.';
const IN_ORDER = 'leave it out: the tests of a file run in order, unless they are test.concurrent.';
const TABLE = 'write test.each(rows)(name, fn); fixtures come after the values of the row.';
const LIMIT =
  'write test(name, { timeout: ms }, fn); in a test, asyncTimeout.set(ms) of the fixture asyncTimeout.';

const OF_TEST: Readonly<Record<string, string>> = {
  skipIf: SKIP_IF,
  runIf: SKIP_IF,
  fixme: 'write test.skip(name, fn), or test.todo(name).',
  fail: 'write test.failing(name, fn).',
  fails: 'write test.failing(name, fn).',
  for: TABLE,
  sequential: IN_ORDER,
  slow: LIMIT,
  setTimeout: LIMIT,
  step: 'call the function itself; there are no steps here.',
  info: 'write ({ request }) and use request.test.',
  aroundEach: "override the fixture aroundTest: fixture('aroundTest', () => async run => { await run(); }).",
};

const OF_DESCRIBE: Readonly<Record<string, string>> = {
  skipIf: 'write (condition ? describe.skip : describe)(name, fn).',
  runIf: 'write (condition ? describe : describe.skip)(name, fn).',
  fixme: 'write describe.skip(name, fn).',
  for: 'write describe.each(rows)(name, fn).',
  sequential: IN_ORDER,
  serial: IN_ORDER,
  parallel: 'write test.concurrent for each of its tests; files run in parallel already.',
  concurrent: 'write test.concurrent for each of its tests; files run in parallel already.',
  shuffle: 'run Jest with --randomize.',
  configure:
    "in its place, write test.override('defaultAsyncTimeout', ms) in the block for `timeout`, and jest.retryTimes(n) in the file for `retries`; leave `mode` out: tests run in order.",
};

const OF_MARK: Readonly<Record<string, string>> = {
  usefixtures: "write mark.useFixtures('a').",
  parametrize: 'give a fixture `params`, or write test.each(rows)(name, fn).',
  skip: 'write test.skip(name, fn), or call request.skip(reason).',
  skipif: SKIP_IF,
  xfail: 'write test.failing(name, fn).',
  asyncio: 'leave it out; every test may be async.',
  timeout: LIMIT,
};

const OF_EXPECT: Readonly<Record<string, string>> = {
  poll: 'write a loop with `await sleep(ms)`, sleep from jest-loop; the limit of the test ends it.',
  soft: 'write expect(value): a test ends at its first failing assertion; compare several values at once by toEqual([…]).',
};

/** The call that failed, as V8 names it: behind the names that compilers give to imports, `_jestloop.test.skipIf`. */
const CALL = /(?:^|[.\s])(test|it|describe|mark|expect)((?:\.\w+)*)\.(\w+) is not a function$/m;
/** Names that mean nothing else, of a `test` that has a name of its own. */
const OF_EXTENDED = /\w\.(skipIf|runIf|fixme) is not a function$/m;
/** What Jest says of Playwright's `test.skip(condition, reason)`. */
const CONDITION = /^(?:Error: )?Invalid first argument, (?:true|false)\. It must be a named class,/;

/** How to fix a call of another runner's function, from the message of its TypeError; undefined for any other. */
export function fixForMember(message: string): string | undefined {
  const [, object, path = '', member] = CALL.exec(message) ?? [];
  if (member === undefined) return own(OF_TEST, OF_EXTENDED.exec(message)?.[1]);
  if (object === 'mark') return own(OF_MARK, member);
  if (object === 'expect') return path === '' ? own(OF_EXPECT, member) : undefined;
  return own(object === 'describe' || path.split('.').includes('describe') ? OF_DESCRIBE : OF_TEST, member);
}

/** The same where our function takes other arguments, from the message of Jest's Error. */
export function fixForArguments(message: string): string | undefined {
  return CONDITION.test(message) ? SKIP_IF : undefined;
}

function own(fixes: Readonly<Record<string, string>>, member: string | undefined): string | undefined {
  return member !== undefined && Object.hasOwn(fixes, member) ? fixes[member] : undefined;
}
