import { CHECKS, OPTION_NAMES, readOptions, refuseBesideLoop } from '../../../src/config/options';
import type { Problem } from '../../../src/errors/problem';
import { codeOf, makeError } from '../support';

type Env = Record<string, string>;

function read(project?: unknown, docblock?: string | string[], env: Env = {}): unknown {
  return readOptions(project, docblock, env, makeError);
}

/** The first line of what is wrong. */
function problem(project?: unknown, docblock?: string | string[], env: Env = {}): string {
  const seen: Problem[] = [];
  const fail = (found: Problem): Error => {
    seen.push(found);
    return new Error(found.message);
  };
  expect(() => readOptions(project, docblock, env, fail)).toThrow();
  return seen[0]!.message;
}

const DEFAULTS = { mode: 'auto', setup: 'sequential' };

test('without options there are defaults', () => {
  expect(read()).toEqual(DEFAULTS);
  expect(read({})).toEqual(DEFAULTS);
  expect(read({ mode: undefined })).toEqual(DEFAULTS);
});

test('a docblock overrides the project, and a variable both; other options stay', () => {
  const project = { mode: 'strict', setup: 'parallel', debug: true };
  const docblock = '{"mode":"auto","setup":"sequential"}';
  const env = { JEST_LOOP_SETUP: 'parallel' };
  expect(read(project, docblock)).toEqual({ mode: 'auto', setup: 'sequential', debug: true });
  expect(read(project, docblock, env)).toEqual({ mode: 'auto', setup: 'parallel', debug: true });
});

test('of several docblocks the last wins', () => {
  expect(read({}, ['{"mode":"strict"}', '{"mode":"auto","debug":true}'])).toEqual({
    ...DEFAULTS,
    debug: true,
  });
});

test('empty variables and those of others do not count', () => {
  expect(read({}, undefined, { JEST_LOOP_MODE: '', JEST_LOOP_MOD: '', JEST_WORKER_ID: '1' })).toEqual(
    DEFAULTS,
  );
});

const GOOD: Record<string, unknown[]> = {
  mode: ['auto', 'strict'],
  setup: ['parallel', 'sequential'],
  loopScope: ['test', 'worker'],
  fixtureLoopScope: ['describe'],
  defaultAsyncTimeout: [1, 0.5, Number.POSITIVE_INFINITY],
  debug: [true, false],
  threadPoolSize: [1, 8],
  backend: ['virtual', ['virtual'], ['virtual', { threshold: 5 }]],
  loopFactories: [{ a: () => {}, b: '<rootDir>/b.js' }],
  catchLoopExceptions: [true, false],
  forbidGetEventLoop: [true, false, { timers: true }],
  leftovers: ['adopt', 'cancel', 'fail'],
  autouse: [true, false],
};
const BAD: Record<string, unknown[]> = {
  mode: ['Auto', true, ''],
  setup: ['serial', null],
  loopScope: ['module', 1, 'session'],
  fixtureLoopScope: ['loop'],
  defaultAsyncTimeout: [0, -1, Number.NaN, '5'],
  debug: ['yes', 1, null],
  backend: [7, [], ['virtual', 1], ['virtual', {}, {}]],
  loopFactories: [{}, [], { a: 1 }, { '': () => {} }],
  threadPoolSize: [0, 1.5, '2', Number.POSITIVE_INFINITY],
  catchLoopExceptions: ['true'],
  forbidGetEventLoop: ['true', null, []],
  leftovers: [false],
  autouse: [0],
};
const rows = (values: Record<string, unknown[]>): [string, unknown][] =>
  Object.entries(values).flatMap(([option, all]) => all.map((value): [string, unknown] => [option, value]));

test('every option is tried here', () => {
  expect(Object.keys(GOOD).sort()).toEqual([...OPTION_NAMES].sort());
  expect(Object.keys(BAD).sort()).toEqual([...OPTION_NAMES].sort());
});

test.each(rows(GOOD))('%s takes %p', (option, value) => {
  expect(read({ [option]: value })).toHaveProperty(option, value);
});

test.each(rows(BAD))('%s refuses %p and says what it must be', (option, value) => {
  expect(problem({ [option]: value })).toContain(
    `Expected option "${option}" in testEnvironmentOptions.loop to be ${CHECKS[option]![0]}, got`,
  );
});

test('an unknown option is refused, with the known ones and the nearest', () => {
  const message = problem({ mod: 'auto' });
  expect(message).toMatch(/^Unknown option "mod" in testEnvironmentOptions\.loop\./);
  expect(message).toContain(OPTION_NAMES.join(', '));
  expect(message).toContain('write "mode".');
});

test('an unknown variable is refused, with the known ones and the nearest', () => {
  const message = problem({}, undefined, { JEST_LOOP_SETUPP: '1' });
  expect(message).toMatch(/^Unknown option "JEST_LOOP_SETUPP" in the environment variables\./);
  expect(message).toContain('JEST_LOOP_MODE, JEST_LOOP_LOOP_SCOPE');
  expect(message).toContain('JEST_LOOP_BACKEND');
  expect(message).toContain('write "JEST_LOOP_SETUP".');
});

test.each(['JEST_LOOP_RUN', 'JEST_LOOP_LATE_RECORD'])('%s is not an option', variable => {
  expect(read({}, undefined, { [variable]: '1' })).toEqual(DEFAULTS);
});

test('an unknown option is refused even if undefined', () => {
  expect(problem({ mod: undefined })).toContain('Unknown option "mod"');
});

test('a mistake names its source', () => {
  expect(problem({}, '{"mode":1}')).toContain('in the docblock @jest-loop to be');
  expect(problem({}, '{"mod":1}')).toContain('in the docblock @jest-loop.');
  expect(problem({}, undefined, { JEST_LOOP_MODE: 'x' })).toContain(
    'in the environment variable JEST_LOOP_MODE to',
  );
});

test.each([
  [{ backend: 'kaos' }, undefined, {}, 'option "backend" of testEnvironmentOptions.loop'],
  [{}, '{"backend":"kaos"}', {}, 'option "backend" of the docblock @jest-loop'],
  [
    {},
    undefined,
    { JEST_LOOP_BACKEND: 'kaos' },
    'the environment variable JEST_LOOP_BACKEND, which --loop-backend sets',
  ],
])('a backend has a source: %j %s %j', (project, docblock, env, backendSource) => {
  expect(read(project, docblock, env)).toMatchObject({ backend: 'kaos', backendSource });
});

test.each([[null], ['auto'], [[]], [true]])('%p is refused as options', project => {
  expect(problem(project)).toMatch(
    /^Expected testEnvironmentOptions\.loop to be an object with options, got/,
  );
});

test('a docblock must be JSON, and an object', () => {
  expect(problem({}, '{mode: 1}')).toContain('It is not JSON');
  expect(problem({}, '')).toContain('It is not JSON');
  expect(problem({}, '["mode"]')).toContain('to be an object with options');
});

test('mistakes have a stable code', async () => {
  const all = [() => read({ a: 1 }), () => read({ mode: 1 }), () => read(null), () => read({}, '{')];
  expect(await Promise.all(all.map(codeOf))).toEqual(Array(4).fill('ERR_OPTION_INVALID'));
});

test('an option of ours beside `loop` is refused, one that others may have is not', () => {
  const refuse = (given: object) => () => refuseBesideLoop(given, makeError);
  expect(
    refuse({ url: 'http://a', loop: { leftovers: 'fail' }, setup: 1, mode: 2, debug: true }),
  ).not.toThrow();
  expect(refuse({ url: 'http://a', leftovers: 'fail' })).toThrow('put it below loop');
});
