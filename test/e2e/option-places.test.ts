import { CHECKS, OPTION_NAMES } from '../../src/config/options';
import { sizedTo } from '../sizes';
import type { Report } from './report';
import { keepJest, runFiles, runManyFiles } from './run-jest';

keepJest();

/* Each option in each of its three places: the project's configuration, a docblock, an environment variable. */

/** An option: two values of it, and a file whose tests tell them apart. */
interface Case {
  readonly values: readonly [unknown, unknown];
  readonly variable: string;
  readonly code: string;
  /** The outcomes of the tests, with each of the values. */
  readonly outcomes: readonly [readonly string[], readonly string[]];
  readonly more?: Readonly<Record<string, string>>;
}

/** A test that passes with the first value alone, then one that passes with the second alone. */
const either = (names: string, isFirst: string, isSecond = `!(${isFirst})`): string => `
  test('first', async (${names}) => { expect(${isFirst}).toBe(true); });
  test('second', async (${names}) => { expect(${isSecond}).toBe(true); });`;
const EITHER: Case['outcomes'] = [
  ['passed', 'failed'],
  ['failed', 'passed'],
];
const FAILS_FIRST: Case['outcomes'] = [['failed'], ['passed']];

const CASES: Readonly<Record<string, Case>> = {
  mode: {
    values: ['auto', 'strict'],
    variable: 'JEST_LOOP_MODE',
    code: `let ups = 0; fixture('always', { auto: true }, () => ++ups);
      test('first', () => { expect(ups).toBe(1); });
      test('second', () => { expect(ups).toBe(0); });`,
    outcomes: EITHER,
  },
  setup: {
    values: ['parallel', 'sequential'],
    variable: 'JEST_LOOP_SETUP',
    code: `const log = []; const slow = name => async () => { log.push(name); await null; log.push(name); };
      fixture('a', { scope: 'file' }, slow('a')).fixture('b', { scope: 'file' }, slow('b'));
      ${either('{ a, b }', "log.join('') === 'abab'", "log.join('') === 'aabb'")}`,
    outcomes: EITHER,
  },
  defaultAsyncTimeout: {
    values: [30_000, 60_000],
    variable: 'JEST_LOOP_DEFAULT_ASYNC_TIMEOUT',
    code: either('{ sessionDefaultAsyncTimeout: limit }', 'limit === 30_000', 'limit === 60_000'),
    outcomes: EITHER,
  },
  leftovers: {
    values: ['fail', 'adopt'],
    variable: 'JEST_LOOP_LEFTOVERS',
    code: "test('leaves a timer', () => { setTimeout(() => {}, 60_000); });",
    outcomes: FAILS_FIRST,
  },
  loopScope: {
    values: ['file', 'describe'],
    variable: 'JEST_LOOP_LOOP_SCOPE',
    code: `let loop; test('notes', ({ eventLoop }) => { loop = eventLoop; });
      describe('block', () => { ${either('{ eventLoop }', 'eventLoop === loop')} });`,
    outcomes: [
      ['passed', 'passed', 'failed'],
      ['passed', 'failed', 'passed'],
    ],
  },
  fixtureLoopScope: {
    values: ['file', 'describe'],
    variable: 'JEST_LOOP_FIXTURE_LOOP_SCOPE',
    code: `fixture('wide', { scope: 'file', loopScope: 'file' }, ({ eventLoop }) => eventLoop)
        .fixture('own', ({ eventLoop }) => eventLoop);
      describe('block', () => { ${either('{ own, wide }', 'own === wide')} });`,
    outcomes: EITHER,
  },
  catchLoopExceptions: {
    values: [true, false],
    variable: 'JEST_LOOP_CATCH_LOOP_EXCEPTIONS',
    code: `test('throws', async ({ loopExceptions }) => {
        await new Promise(done => { setImmediate(() => { setImmediate(done); throw new Error('x'); }); });
        expect(loopExceptions).toHaveLength(1);
      });`,
    outcomes: FAILS_FIRST,
  },
  forbidGetEventLoop: {
    values: [true, false],
    variable: 'JEST_LOOP_FORBID_GET_EVENT_LOOP',
    code: "test('gets it', () => { require('jest-loop').getEventLoop(); });",
    outcomes: FAILS_FIRST,
  },
  debug: {
    values: [true, false],
    variable: 'JEST_LOOP_DEBUG',
    code: either('{ loopDebug }', 'loopDebug'),
    outcomes: EITHER,
  },
  backend: {
    values: ['virtual', ['node', {}]],
    variable: 'JEST_LOOP_BACKEND',
    code: either('{ loopBackendName: name }', "name === 'virtual'", "name === 'node'"),
    outcomes: EITHER,
  },
  loopFactories: {
    values: [{ one: '<rootDir>/factory.js' }, { two: '<rootDir>/factory.js' }],
    variable: 'JEST_LOOP_LOOP_FACTORIES',
    code: `for (const name of ['one', 'two'])
        test('on ' + name, { overrides: { loopBackend: name } }, ({ loopBackendName }) => { expect(loopBackendName).toBe(name); });`,
    outcomes: EITHER,
    more: { 'factory.js': "module.exports = () => new (require('jest-loop').Loop)({ name: 'made' });" },
  },
  threadPoolSize: {
    values: [3, 1],
    variable: 'JEST_LOOP_THREAD_POOL_SIZE',
    code: either('{ threadPoolSize }', 'threadPoolSize === 3', 'threadPoolSize === 1'),
    outcomes: EITHER,
  },
  autouse: {
    values: [false, true],
    variable: 'JEST_LOOP_AUTOUSE',
    code: `const { getRunningLoop } = require('jest-loop');
      test('first', () => { expect(() => getRunningLoop()).toThrow(); });
      test('second', () => { expect(getRunningLoop()).toBeDefined(); });`,
    outcomes: EITHER,
  },
};
const NAMES = Object.keys(CASES);

const docblock = (option: string, value: unknown): string =>
  `/** @jest-loop ${JSON.stringify({ [option]: value })} */\n`;

/** A project with an option, and with a file that sets it in a docblock. */
function project(option: string, own: unknown, ofFile: unknown): Record<string, string> {
  const { code, more } = CASES[option]!;
  const options = JSON.stringify({ loop: { [option]: own } });
  return {
    ...more,
    'jest.config.js': `module.exports = { preset: 'jest-loop', testEnvironmentOptions: ${options} };`,
    'plain.test.js': code,
    'docblock.test.js': docblock(option, ofFile) + code,
  };
}

const outcomesOf = ({ files }: Report, file: string): string[] =>
  files[file]!.tests.map(({ status }) => status);

test('every option is tried here', () => {
  expect([...NAMES].sort()).toEqual([...OPTION_NAMES].sort());
});

describe('a docblock wins over the project', () => {
  const reports = runManyFiles(
    Object.fromEntries(
      NAMES.map(name => [name, project(name, CASES[name]!.values[0], CASES[name]!.values[1])]),
    ),
  );
  test.each(NAMES)('%s', name => {
    const { outcomes } = CASES[name]!;
    const report = reports[name]!;
    expect([outcomesOf(report, 'plain.test.js'), outcomesOf(report, 'docblock.test.js')]).toEqual(outcomes);
  });
});

test('a wrong value is an error that says what it must be, for each option', () => {
  const files = Object.fromEntries(
    NAMES.map(name => [`${name}.test.js`, `${docblock(name, [7])}test('never', () => {});`]),
  );
  const { files: reported, code } = runFiles(files);
  expect(code).toBe(1);
  for (const name of NAMES)
    expect(reported[`${name}.test.js`]!.errors[0]).toContain(
      `Expected option "${name}" in the docblock @jest-loop to be ${CHECKS[name]![0]}, got [ 7 ]`,
    );
});

test.each(sizedTo(1, NAMES))('a variable wins over both: %s', name => {
  const { values, variable, outcomes } = CASES[name]!;
  const [given, other] = values;
  const text = typeof given === 'string' ? given : JSON.stringify(given);
  const report = runFiles(project(name, other, other), { env: { [variable]: text } });
  expect([outcomesOf(report, 'plain.test.js'), outcomesOf(report, 'docblock.test.js')]).toEqual([
    outcomes[0],
    outcomes[0],
  ]);
});
