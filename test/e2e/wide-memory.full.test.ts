import { runFiles } from './run-jest';

const SETUP = `
  const { AsyncLocalStorage } = require('node:async_hooks');
  const { EventEmitter } = require('node:events');
  const tick = () => setInterval(() => {}, 1000).unref();
  fixture('server', { scope: 'worker' }, async function* () { const timer = tick(); yield { timer }; clearInterval(timer); });
  fixture('place', { scope: 'directory' }, ({ server }) => ({ server }));
  fixture('address', { scope: 'session' }, () => { tick(); return { url: 'tcp://1' }; });
  fixture('fails', { scope: 'worker' }, () => { throw new TypeError('fails', { cause: new Error('the cause') }); });
  fixture('storage', { scope: 'worker' }, () => new AsyncLocalStorage());
  fixture('emitter', { scope: 'worker' }, () => {
    const emitter = new EventEmitter();
    emitter.on('x', AsyncLocalStorage.bind(() => void Promise.reject(new Error('rejected'))));
    return emitter;
  });
  // One file requests each of them first.
  for (let i = 0; i < 20; i++) fixture('of' + i, { scope: 'worker' }, () => { tick(); return i; });`;

/** From Node 22 on plain Jest as well keeps the file of a test that fails with an error of its own. */
const KEEPS = Number(process.versions.node.split('.')[0]) > 20;
const TOO_LONG = KEEPS
  ? "test('passes', ({ server }) => {});"
  : "test('takes too long', async ({ server }) => { await new Promise(() => {}); own; }, 10);";

const TEST = (i: number): string => `
  const own = { of: 'this file' };
  require('node:http').globalAgent.note(own);
  test('uses', async ({ server, place, address, storage, request, emitter }) => {
    storage.enterWith(own);
    request.onCleanup(() => own);
    await request.get('of${i}');
    await request.get('fails').catch(() => {});
  });
  test('fails', ({ fails }) => own);
  test.catchLoopExceptions('catches', { loopScope: 'worker' }, async ({ emitter }) => {
    setTimeout(() => own, 30_000);
    emitter.emit('x');
    await new Promise(resolve => setTimeout(resolve, 2));
  });
  ${TOO_LONG}`;

/** Outside of the sandboxes: a WeakRef of a test file would keep the file itself. */
const REPORTER = `
  const refs = [];
  const { globalAgent } = require('node:http');
  globalAgent.note = object => void refs.push(new WeakRef(object));
  globalAgent.count = async () => {
    for (let i = 0; i < 8; i++) {
      await new Promise(resolve => setTimeout(resolve, 10));
      gc();
    }
    return refs.filter(ref => ref.deref() !== undefined).length;
  };
  module.exports = class {};`;

test('what outlives test files keeps nothing of them', () => {
  const files = Array.from({ length: 20 }, (_, i) => [`t${i}.test.js`, TEST(i)] as const);
  const report = runFiles(
    {
      'jest.config.js': `module.exports = { preset: 'jest-loop', setupFilesAfterEnv: ['<rootDir>/setup.js'],
        reporters: ['default', './reporter.js'], testSequencer: './order.js' };`,
      'order.js': `module.exports = class extends require('@jest/test-sequencer').default {
        sort(tests) { return [...tests].sort((a, b) => (a.path < b.path ? -1 : 1)); } };`,
      'reporter.js': REPORTER,
      'setup.js': SETUP,
      ...Object.fromEntries(files),
      'z.test.js': `test('counts', async ({ server }) => {
        console.log('kept: ' + (await require('node:http').globalAgent.count()));
      });`,
    },
    { args: ['-i'], node: ['--expose-gc'] },
  );
  expect(report.files['z.test.js']!.tests).toMatchObject([{ status: 'passed' }]);
  for (const [name] of files)
    expect(report.files[name]!.tests.map(({ status }) => status)).toEqual([
      'passed',
      'failed',
      'failed',
      KEEPS ? 'passed' : 'failed',
    ]);
  // Jest itself keeps the last file, or another, for a while.
  const [, kept] = /kept: (\d+)/.exec(report.output)!;
  expect(Number(kept)).toBeLessThanOrEqual(4);
});
