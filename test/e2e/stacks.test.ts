import { fullTest } from '../sizes';
import type { Report } from './report';
import { keepJest, runFiles } from './run-jest';

keepJest();

/*
 * What a user sees of a stack: the frames of the project's own files.
 */
const PROJECT = {
  'lib.js': `
    exports.fail = message => { throw new Error(message); };
    exports.failLater = async message => { await null; exports.fail(message); };
    exports.wait = (ms = 10) => new Promise(resolve => setTimeout(resolve, ms));`,
  'a.test.js': `
    const { EventEmitter } = require('node:events');
    const { getEventLoop, getRunningLoop, sleep } = require('jest-loop');
    const { fail, failLater, wait } = require('./lib');

    test('body', () => fail('body'));
    test('async body', async () => { await failLater('async'); });
    test('through promises of Node', async () => { await require('node:fs/promises').readFile('none').catch(() => failLater('fs')); });
    test('with built-ins between', () => { [1].forEach(() => fail('forEach')); });
    test('through an emitter', () => { new EventEmitter().on('x', () => fail('emitter')).emit('x'); });
    test('timer', async () => { setTimeout(() => fail('timer'), 1); await wait(); });
    test('rejection', async () => { void failLater('rejection'); await wait(); });
    test('microtask', async () => { queueMicrotask(() => fail('microtask')); await wait(); });
    test('task', async ({ eventLoop }) => { await eventLoop.createTask(() => failLater('task')); });
    test('lost task', async ({ eventLoop }) => { eventLoop.createTask(() => fail('lost')); await wait(); });
    test('in tasks', async ({ tasks }) => { tasks.start(() => failLater('tasks')); await wait(); });
    test('run', ({ eventLoop }) => eventLoop.run(() => fail('run')));
    test('expectation', () => { expect(1).toBe(2); });
    test('node assert', () => { require('node:assert').strictEqual(1, 2); });
    test('cause', () => { try { fail('inner'); } catch (cause) { throw new Error('outer', { cause }); } });
    test('done', done => done(new Error('done')));
    test('a frozen error', () => { throw Object.freeze(new Error('frozen')); });
    test('a frozen error, later', async ({ eventLoop }) => { await eventLoop.sleep(1); throw Object.freeze(new Error('frozen')); });
    test('no cleanup', ({ request }) => request.onCleanup('x'));
    test('no time', ({ asyncTimeout }) => asyncTimeout.set('x'));
    test('generator', function* () { yield failLater('generator'); });
    test.each([1])('each %i', n => fail('each ' + n));
    test.concurrent('concurrent', async () => { await failLater('concurrent'); });
    test('time limit', { timeout: 20 }, async () => { await sleep(5000); });
    test("Jest's own limit", async () => { await sleep(5000); }, 20);
    test('unknown fixture', ({ unknown }) => {});
    test.forbidGetEventLoop('forbidden', () => { getEventLoop(); });
    test('closed Loop', async ({ eventLoop }) => { const loop = new (eventLoop.constructor)(); await loop.close(); loop.callSoon(() => {}); });
    test('cancelled', async ({ eventLoop }) => { const task = eventLoop.createTask(() => sleep(5000)); task.cancel(); await task; });

    describe('fixtures', () => {
      fixture('up', () => fail('set-up'));
      fixture('upLater', async () => { await failLater('async set-up'); });
      fixture('down', async function* () { yield; await failLater('teardown'); });
      fixture('cleaned', ({}, { onCleanup }) => onCleanup(() => fail('cleanup')));
      fixture('background', async () => { setTimeout(() => fail('of the fixture'), 1); await wait(); });
      fixture('noYield', function* () {});
      fixture('slow', { timeout: 20 }, () => sleep(5000));
      fixture('frozen', () => { throw Object.freeze(new Error('frozen')); });
      fixture('text', () => { throw 'text'; });
      fixture('textDown', function* () { yield; throw 'text'; });
      fixture('ofNode', () => require('node:fs/promises').readFile('none'));
      fixture('frozenOfNode', () => require('node:fs/promises').readFile('none').catch(error => { throw Object.freeze(error); }));
      fixture('itself', (_, { get }) => get('itself2'));
      fixture('itself2', (_, { get }) => get('itself'));
      for (const name of ['frozen', 'text', 'textDown', 'ofNode', 'frozenOfNode', 'itself', 'up', 'upLater', 'down', 'cleaned', 'background', 'noYield', 'slow'])
        test(name, { useFixtures: [name] }, () => {});
    });
    describe('around', () => {
      fixture('aroundTest', () => async run => { await run(); });
      test('around', () => failLater('around'));
    });
    describe('beforeEach', () => { beforeEach(() => fail('beforeEach')); test('beforeEach', () => {}); });
    describe('afterEach', () => { afterEach(async () => { await failLater('afterEach'); }); test('afterEach', () => {}); });
    describe('beforeAll', () => { beforeAll(async () => { await failLater('beforeAll'); }); test('beforeAll', () => {}); });
    describe('all-hooks of fixtures', () => {
      fixture('file', { scope: 'file' }, () => fail('file'));
      beforeAll(({ file }) => {});
      test('file', () => {});
    });`,
};

const frames = (report: Report): Record<string, string[]> =>
  Object.fromEntries(
    report.files['a.test.js']!.tests.map(({ name, raw }) => [
      name,
      raw.flatMap(text => text.split('\n').filter(line => /^\s+at /.test(line))),
    ]),
  );
const isUsers = (frame: string): boolean => /[\\/](?:a\.test|lib)\.js:\d+:\d+\)?$/.test(frame);
const BUILT_IN = /\(<anonymous>\)|native|index \d+\)$/;

test("stacks show the user's frames only", () => {
  const report = runFiles(PROJECT);
  const shown = frames(report);
  const { tests } = report.files['a.test.js']!;
  expect(tests.filter(({ status }) => status !== 'failed').map(({ name }) => name)).toEqual([]);
  const foreign = Object.entries(shown).filter(([, lines]) =>
    lines.some(line => !isUsers(line) && !BUILT_IN.test(line)),
  );
  expect(Object.fromEntries(foreign)).toEqual({});
  // Each has a place.
  expect(Object.entries(shown).filter(([, lines]) => !lines.some(isUsers))).toEqual([]);
  expect(shown['fixtures ofNode']).toEqual([expect.stringMatching(/at set-up of fixture ofNode/)]);
});

test('an error of what a fixture calls ends with the fixture and its phase', () => {
  const report = runFiles({
    'lib.js': `
      exports.fail = what => new Promise((_, reject) => setTimeout(() => reject(new Error(what)), 1));`,
    'jest.fixtures.js': `
      const { fail } = require('./lib');
      fixture('shared', { scope: 'worker' }, () => fail('shared'));`,
    'a.test.js': `
      const { fail } = require('./lib');
      fixture('up', () => fail('up'));
      fixture('down', async function* () { yield; await fail('down'); });
      fixture('file', { scope: 'file' }, async function* () { yield; await fail('file'); });
      fixture('here', () => { throw new Error('here'); });
      fixture('outer', async (_, request) => { await request.get('up'); });
      test('up', ({ up }) => {});
      test('down', ({ down }) => {});
      test('here', ({ here }) => {});
      test('outer', ({ outer }) => {});
      test('shared', ({ shared }) => {});
      test('file', ({ file }) => {});`,
  });
  const phases = (lines: readonly string[]): string[] =>
    lines.flatMap(line => {
      const found = /at (set-up|teardown) of fixture (\w+) \((?:.*[\\/])?([^\\/]+):\d+\)$/.exec(line);
      return found === null ? [] : found.slice(1).join(' ');
    });
  const shown = Object.entries(frames(report)).map(([name, lines]) => [name, phases(lines)]);
  expect(Object.fromEntries(shown)).toEqual({
    up: ['set-up up a.test.js:3'],
    down: ['teardown down a.test.js:4'],
    here: ['set-up here a.test.js:6'],
    outer: ['set-up up a.test.js:3'],
    shared: ['set-up shared jest.fixtures.js:3'],
    file: [],
  });
  expect(report.output).toMatch(
    /● Test suite failed to run\n\n +file\n[^●]*at teardown of fixture file \(a\.test\.js:5:/,
  );
});

test('an error without a frame of the user shows where its test or hook is', () => {
  const report = runFiles({
    'node_modules/pool/index.js': `
      const failed = () => new Error('refused');
      exports.connect = () => new Promise((_, reject) => setImmediate(() => reject(failed())));
      exports.later = () => void setImmediate(() => { throw failed(); });
      exports.prepare = () => new Promise(resolve => setImmediate(() => {
        exports.shared = failed();
        exports.frozen = Object.freeze(failed());
        resolve();
      }));`,
    'a.test.js': `
      const pool = require('pool'); beforeAll(pool.prepare);
      const turns = () => new Promise(resolve => setImmediate(() => setImmediate(resolve)));
      test('body', () => pool.connect());
      test('with fixtures', ({ request }) => pool.connect());
      test('in the background', async () => { pool.later(); await turns(); });
      test('the same error', () => { throw pool.shared; });
      test('the same error again', () => Promise.reject(pool.shared));
      test('frozen', () => { throw pool.frozen; });
      test('frozen again', () => { throw pool.frozen; });
      test('a rejection', async () => { void pool.connect(); await turns(); await turns(); });
      test.each([1])('row %i', () => pool.connect());
      test.concurrent('concurrent', () => pool.connect());
      test.failing('failing', () => pool.connect());
      test('with a frame', async () => { await pool.connect().catch(() => { throw new Error('of the user'); }); });
      describe('hook', () => { beforeEach(() => pool.connect()); test('runs', () => {}); });
      describe('hook of the block', () => { beforeAll(() => pool.connect()); test('runs', () => {}); });`,
  });
  const shown = Object.fromEntries(
    Object.entries(frames(report)).map(([name, lines]) => [
      name,
      lines.filter(isUsers).map(line => line.replace(/\(.*[\\/]a\.test\.js/, '(a.test.js').trim()),
    ]),
  );
  const at = (line: number, what = 'test'): string[] => [
    expect.stringContaining(`at ${what} (a.test.js:${line}:`),
  ];
  expect(shown).toEqual({
    body: at(4),
    'with fixtures': at(5),
    'in the background': at(6),
    'the same error': at(7),
    'the same error again': at(8),
    frozen: at(9),
    'frozen again': at(10),
    'a rejection': at(11),
    'row 1': at(12),
    concurrent: at(13),
    failing: [],
    'with a frame': expect.not.arrayContaining([expect.stringContaining('at test (')]),
    'hook runs': at(16, 'beforeEach hook'),
    'hook of the block runs': at(17, 'beforeAll hook'),
  });
});

fullTest("a formatter of stacks that throws, or gives no text, hides no test's error", () => {
  const fixtures = `
      fixture('file', { scope: 'file' }, async function* () { yield; throw new Error('of the file'); });
      fixture('db', async function* () { yield; throw new Error('of the teardown'); });
      test('unknown fixture', ({ none }) => {});
      test('in the background', async () => { setTimeout(() => { throw new Error('of a timer'); }); await new Promise(resolve => setTimeout(resolve, 5)); });
      test('body', ({ db, file }) => { throw new Error('of the body'); });
      test('nothing', () => { throw undefined; });
      describe('hook', () => { beforeAll(() => { throw new Error('of the hook'); }); test('runs', () => {}); });
      test('time limit', { timeout: 20 }, () => new Promise(() => {}));`;
  const throwing = "Error.prepareStackTrace = () => { throw new Error('of the formatter'); };";
  const report = runFiles(
    {
      'throws.test.js': `test('sets', () => { ${throwing} }); ${fixtures}`,
      'frames.test.js': `test('sets', () => { Error.prepareStackTrace = (_, frames) => frames; }); ${fixtures}`,
      'loading.test.js': `${throwing} throw new Error('of the file');`,
      'strict.test.js': `/** @jest-loop {"mode": "strict"} */
        test('sets', () => { ${throwing} }); test('plain', () => { throw new Error('of the body'); });`,
    },
    { ownProcess: true },
  );
  const firstLines = (file: string): Record<string, unknown> =>
    Object.fromEntries(
      report.files[file]!.tests.map(({ name, messages }) => [
        name,
        messages.map(text => text.split('\n')[0]),
      ]),
    );
  const expected = {
    sets: [],
    'unknown fixture': ['Test "unknown fixture" requests unknown fixture "none".'],
    'in the background': [expect.stringMatching(/of a timer$/)],
    body: [expect.stringMatching(/of the body$/), expect.stringMatching(/of the teardown$/)],
    nothing: [expect.stringContaining('thrown: undefined')],
    'hook runs': [expect.stringMatching(/of the hook$/)],
    'time limit': [expect.stringMatching(/^Took too long to complete: throws\.test\.js:\d+ /)],
  };
  expect(firstLines('throws.test.js')).toEqual(expected);
  expect(firstLines('frames.test.js')).toEqual({
    ...expected,
    'time limit': [expect.stringMatching(/^Took too long to complete: /)],
  });
  expect(report.files['throws.test.js']!.errors).toEqual([expect.stringContaining('of the file')]);
  expect(report.files['loading.test.js']!.errors).toEqual([expect.stringContaining('of the f')]);
  expect(firstLines('strict.test.js')).toEqual({ sets: [], plain: [expect.stringMatching(/of the body$/)] });
});

test('debug shows all', () => {
  const source = "const { fail } = require('./lib'); test('body', () => fail('body'));";
  const files = { ...PROJECT, 'a.test.js': `/** @jest-loop {"debug": true} */ ${source}` };
  const shown = frames(runFiles(files)).body!.join('\n');
  expect(['jest-loop', 'jest-circus', 'a.test.js'].filter(each => !shown.includes(each))).toEqual([]);
});

test('errors are of the realm of the test, with stable codes', () => {
  const report = runFiles({
    'a.test.js': `
      const { Loop, getEventLoop, getRunningLoop, CancelledError, LoopClosedError, newEventLoop } = require('jest-loop');
      const codeOf = async fn => {
        try { await fn(); } catch (error) {
          expect(error).toBeInstanceOf(Error);
          expect(Object.getPrototypeOf(Object.getPrototypeOf(error)) === Object.prototype || error instanceof CancelledError || error instanceof LoopClosedError).toBe(true);
          return error.code;
        }
        return 'nothing thrown';
      };
      fixture('slow', { timeout: 10 }, () => new Promise(() => {}));
      fixture('noYield', function* () {});
      fixture('param', { params: [1, 2] }, 0);
      let kept;
      test('keep', ({ request }) => void (kept = request));
      test.each([
        ['ERR_FIXTURE_UNKNOWN', ({ request }) => request.get('none')],
        ['ERR_FIXTURE_NO_YIELD', ({ request }) => request.get('noYield')],
        ['ERR_FIXTURE_VARIANT', ({ request }) => request.get('param')],
        ['ERR_FIXTURE_LATE', () => fixture('late', 1)],
        ['ERR_FIXTURE_ENDED', () => kept.get('noYield')],
        ['ERR_TIMEOUT', ({ request }) => request.get('slow')],
        ['ERR_TEST_API', () => mark.loop()],
        ['ERR_LOOP_CLOSED', async () => { const loop = newEventLoop(); await loop.close(); loop.callSoon(() => {}); }],
        ['ERR_LOOP_ARGUMENT', ({ eventLoop }) => eventLoop.createTask(5)],
        ['ERR_LOOP_DONE', ({ eventLoop }) => { const future = eventLoop.createFuture(); future.setResult(1); future.setResult(2); }],
        ['ERR_CANCELLED', ({ eventLoop }) => { const task = eventLoop.createTask(() => eventLoop.sleep(5000)); task.cancel(); return task; }],
        ['ERR_TIMEOUT_OPTION', ({ asyncTimeout }) => asyncTimeout.set(-1)],
        ['ERR_LOOP_DONE', ({ tasks }) => tasks.ready(async () => {})],
      ])('%s', async (code, fn, { request, eventLoop, asyncTimeout, tasks }) => {
        expect(await codeOf(() => fn({ request, eventLoop, asyncTimeout, tasks }))).toBe(code);
      });
      test.forbidGetEventLoop('ERR_LOOP_FORBIDDEN', async () => expect(await codeOf(getEventLoop)).toBe('ERR_LOOP_FORBIDDEN'));`,
  });
  expect(
    report.files['a.test.js']!.tests.flatMap(({ name, messages }) =>
      messages.map(text => `${name}: ${text}`),
    ),
  ).toEqual([]);
  expect(report.code).toBe(0);
});
