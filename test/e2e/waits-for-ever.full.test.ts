import { sizedTo } from '../sizes';
import { IN_BAND, runFiles, WORKERS } from './run-jest';

/*
 * "Nothing is left that could wake it" is never said of a test that something real wakes later. Each test here waits
 * longer than it takes to find out that a test is stuck.
 */
jest.setTimeout(120_000);

/** In Jest's own process timers of its reporters come and go: here one that ends while a test waits. */
const REPORTER = `
module.exports = class {
  onTestCaseStart() { setTimeout(() => {}, 150); }
};`;

const LATE = 700;

const FILES = {
  'jest.config.js':
    "module.exports = { preset: 'jest-loop', reporters: ['default', '<rootDir>/reporter.js'] };",
  'reporter.js': REPORTER,
  // The first comes up in Jest's own process.
  'jest.fixtures.js': `
const { fixture } = require('jest-loop');
const late = value => new Promise(resolve => setTimeout(resolve, ${LATE}, value));
fixture('ofTheRun', { scope: 'session' }, () => late('run'));
fixture('ofTheFile', { scope: 'file' }, () => late('file'));
fixture('clock', { scope: 'file' }, () => ({ late: late('clock') }));`,
  'child.js': `setTimeout(() => {}, ${LATE});`,
  // It runs before the file says that it uses a backend.
  'module.js': `
let wake;
exports.woken = new Promise(resolve => { wake = resolve; });
setTimeout(wake, 3 * ${LATE});`,
  'woken.test.js': `
const { woken } = require('./module');
test.override('loopBackend', 'virtual');
const { Loop } = require('jest-loop');
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const path = require('node:path');
const timers = require('node:timers');
const promises = require('node:timers/promises');
const { Worker } = require('node:worker_threads');

// A Loop on real time.
const onNode = fn => {
  const loop = new Loop({ backend: 'node' });
  return loop.run(() => fn(loop)).finally(() => loop.close());
};

test('by a timer of a module', () => woken);
test('by a call of another Loop', () => onNode(loop => new Promise(resolve => loop.callLater(${LATE}, resolve))));
test('by a sleep of another Loop', () => onNode(loop => loop.sleep(${LATE})));
test('by a timer of another Loop that is not referenced', () =>
  onNode(() => new Promise(resolve => setTimeout(resolve, ${LATE}).unref())));
test('by AbortSignal.timeout of another Loop', () =>
  onNode(() => new Promise(resolve => AbortSignal.timeout(${LATE}).addEventListener('abort', resolve))));
test('by many turns of the event loop', () =>
  onNode(async () => {
    const until = process.hrtime.bigint() + ${LATE}n * 1_000_000n;
    while (process.hrtime.bigint() < until) await promises.setImmediate();
  }));
test('by a fixture of the run', async ({ request }) => {
  expect(await request.get('ofTheRun')).toBe('run');
});
test('by a fixture of the file', async ({ request }) => {
  expect(await request.get('ofTheFile')).toBe('file');
});
test('by what a fixture of the file has started', async ({ clock }) => {
  expect(await clock.late).toBe('clock');
});
test('by a thread', async () => {
  const thread = new Worker('setTimeout(() => {}, ${LATE})', { eval: true });
  await once(thread, 'exit');
});
test('by a thread of the pool', async ({ eventLoop }) => {
  const sleep = ms => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  await eventLoop.runInExecutor(sleep, ${LATE});
});
test('by a child process that is not referenced', async () => {
  const child = spawn(process.execPath, [path.join(__dirname, 'child.js')], { stdio: 'ignore' });
  child.unref();
  await once(child, 'exit');
});
test('by nothing', async () => {
  await new Promise(() => {});
});`,
};

test.each(
  sizedTo(1, [
    ['in band', IN_BAND],
    ['in a worker', WORKERS],
  ] as const),
)('a test that something real wakes is not stuck, %s', (_, args) => {
  const report = runFiles(FILES, { args });
  const { tests } = report.files['woken.test.js']!;
  const failed = tests.filter(({ status }) => status !== 'passed');
  expect(failed.map(({ name, messages }) => [name, ...messages])).toEqual([
    ['by nothing', expect.stringMatching(/^Waits for ever, nothing is left/)],
  ]);
  expect(tests).toHaveLength(13);
});
