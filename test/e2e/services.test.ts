import { setTimeout as wait } from 'node:timers/promises';
import { isAlive } from '../alive';
import { fullTest } from '../sizes';
import { KINDS } from './kinds';
import { runLogged } from './logged';
import { keepJest } from './run-jest';

keepJest();

const config = "module.exports = { preset: 'jest-loop' };";

/** Fixtures of each scope that start a process, which says whose it is. */
const FIXTURES_TS = `
  import { type FixturesOf, fixture, ProcessService } from 'jest-loop';
  export const talks = (name: string, more = ''): ProcessService => new ProcessService({
    name,
    command: process.execPath,
    args: ['-e', \`\${more}; console.log('this is the process of ' + \${JSON.stringify(name)}); setInterval(() => {}, 1000)\`],
    ready: /this is/,
  });
  export const fixtures = fixture('ofSession', { scope: 'session' }, async ({ entrypoint }) => {
    await entrypoint.startServices(talks('the run'));
  }).fixture('ofWorker', { scope: 'worker' }, async ({ entrypoint, ofSession }) => {
    await entrypoint.startServices(talks('a worker'));
  }).fixture('ofDirectory', { scope: 'directory' }, async ({ ofWorker, entrypoint }) => {
    await entrypoint.startServices(talks('a directory'));
  }).fixture('quiet', { scope: 'session' }, async ({ entrypoint }) => {
    await entrypoint.startServices(talks('a run where all pass'));
  }).fixture('broken', { scope: 'session' }, async ({ entrypoint }) => {
    await entrypoint.startServices(talks('a set-up that fails'));
    throw new Error('no migration');
  }).fixture('much', { scope: 'session' }, async ({ entrypoint }) => {
    await entrypoint.startServices(talks('a run that talks', 'for (let i = 1; i < 1000; i++) console.log(\\'line \\' + i)'));
  });
  declare module 'jest-loop' { interface Fixtures extends FixturesOf<typeof fixtures> {} }`;
const WIDE_TS = `
  import { expect, test } from 'jest-loop';
  import { talks } from './jest.fixtures';
  test.override('services', { scope: 'file' }, () => [talks('a file')]);
  test('passes', ({ ofDirectory, quiet }) => {});
  test('is skipped', ({ ofSession, request }) => request.skip());
  test('fails', ({ ofDirectory }) => expect(1).toBe(2));
  test('fails as well, and there is nothing new to show', ({ ofDirectory }) => expect(1).toBe(2));
  test('has no assertion', ({ much }) => expect.hasAssertions());`;
const OWN_JS = `
  const { talks } = require('./jest.fixtures');
  fixture('own', async ({ entrypoint }) => { await entrypoint.startServices(talks('a test')); });
  describe('a block', () => {
    test.override('services', { scope: 'describe' }, () => [talks('a block')]);
    test('passes', ({ quiet }) => {});
    test('fails', ({ own }) => { throw new Error('the body'); });
  });
  describe('where all pass', () => {
    test.override('services', { scope: 'describe' }, () => [talks('a block that passes')]);
    test('passes', ({ ofWorker }) => {});
  });
  test('a service that dies says where it was started', async ({ entrypoint }) => {
    await entrypoint.startServices({
      async start() {
        this.ready = true;
        throw new Error('no');
      },
    });
  });
  test('a set-up that fails', ({ broken }) => {});
  describe('a hook', () => {
    fixture('ofHook', { scope: 'describe' }, async ({ entrypoint }) => {
      await entrypoint.startServices(talks('a hook'));
    });
    beforeAll(({ ofHook }) => { throw new Error('the hook'); });
    test('that fails', () => {});
  });
  describe('late', () => {
    test.override('entrypointOptions', {
      startTimeout: 1,
      // Its output is shown as it is after these handlers.
      postStart: async ({ services: [service] }) => {
        while (service?.output === '') await new Promise(resolve => setTimeout(resolve, 10));
      },
    });
    test('one that does not get ready shows its output', async ({ entrypoint }) => {
      const code = "console.log('waits for a lock'); setInterval(() => {}, 1000)";
      const { ProcessService } = require('jest-loop');
      await entrypoint.startServices(new ProcessService({
        name: 'late', command: process.execPath, args: ['-e', code], ready: /never/,
      }));
    });
  });`;

test.each(KINDS)('%s the output of a process is shown with each test that fails', async (_kind, args) => {
  const files = {
    'wide.test.ts': WIDE_TS,
    'own.test.js': OWN_JS,
    'jest.fixtures.ts': FIXTURES_TS,
    'jest.config.js': config,
  };
  const { report } = runLogged(files, { args });
  const tests = Object.values(report.files).flatMap(file => file.tests);
  const failed = tests.flatMap(({ name, status }) => (status === 'failed' ? [name] : []));
  expect(failed.sort()).toEqual([
    'a block fails',
    'a hook that fails',
    'a service that dies says where it was started',
    'a set-up that fails',
    'fails',
    'fails as well, and there is nothing new to show',
    'has no assertion',
    'late one that does not get ready shows its output',
  ]);
  const shown = [...report.output.matchAll(/this is the process of (.*)/g)].map(([, name]) => name);
  expect(shown.sort()).toEqual([
    'a block',
    'a directory',
    'a file',
    'a hook',
    'a run that talks',
    'a set-up that fails',
    'a test',
    'a worker',
    'the run',
  ]);
  // What talks much shows its last lines, in their order.
  const lines = [...report.output.matchAll(/^ *line (\d+)$/gm)].map(([, n]) => Number(n));
  expect(lines).toEqual(Array.from({ length: 199 }, (_, i) => 801 + i));
  expect(report.output).toContain('(800 lines before these)');
  // Jest adds where a call of the console comes from.
  expect(report.output).toMatch(/console\.log\n/);
  expect(report.output).not.toMatch(/at .*jest-loop\/build/);
  const messagesOf = (part: string): string => tests.find(({ name }) => name.includes(part))!.messages.join();
  expect(messagesOf('dies')).toMatch(/started at own\.test\.js:14/);
  expect(messagesOf('ready')).toMatch(/Output of service "late":\n *\| waits for a lock/);
});

/** A process that has another one, which write their ids to the log; then the process of the test is killed. */
const KILLED_JS = `
  const { ProcessService } = require('jest-loop');
  const { log } = require('./events');
  const code = \`
    const { spawn } = require('node:child_process');
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    console.log('ready ' + process.pid + ' ' + child.pid);
    setInterval(() => {}, 1000);\`;
  test.override('services', () => [
    new ProcessService({ command: process.execPath, args: ['-e', code], ready: /^ready/ }),
  ]);
  test('is killed', async ({ services: [service] }) => {
    log(service.output);
    process.kill(process.pid, 'SIGKILL');
    await new Promise(() => {});
  });`;

const onUnix = process.platform === 'win32' ? test.skip : fullTest;
onUnix.each(KINDS)('%s a process ends with its group when its worker is killed', async (_kind, args) => {
  const files = { 'a.test.js': KILLED_JS, 'b.test.js': "test('b', () => {});", 'jest.config.js': config };
  const { log } = runLogged(files, { args });
  expect(log).toHaveLength(1);
  const pids = log[0]!.split(' ').slice(1).map(Number);
  expect(pids).toHaveLength(2);
  for (let tries = 0; tries < 200 && pids.some(isAlive); tries++) await wait(50);
  expect(pids.filter(isAlive)).toEqual([]);
});
