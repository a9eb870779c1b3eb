import * as fs from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { KINDS, runLogged } from './logged';

const config = "module.exports = { preset: 'jest-loop' };";

/** Starts a process that says who it is, in the scope of the fixture. */
const FIXTURES_TS = `
  import { type FixturesOf, fixture, ProcessService } from 'jest-loop';
  export const talks = (name: string): ProcessService => new ProcessService({
    name,
    command: process.execPath,
    args: ['-e', \`console.log('this is the process of ' + \${JSON.stringify(name)}); setInterval(() => {}, 1000)\`],
    ready: /this is/,
  });
  export const fixtures = fixture('ofWorker', { scope: 'worker' }, async ({ entrypoint }) => {
    await entrypoint.startServices(talks('a worker'));
  }).fixture('ofDirectory', { scope: 'directory' }, async ({ ofWorker, entrypoint }) => {
    await entrypoint.startServices(talks('a directory'));
  });
  declare module 'jest-loop' { interface Fixtures extends FixturesOf<typeof fixtures> {} }`;
const WIDE_TS = `
  import { expect, test } from 'jest-loop';
  import { talks } from './jest.fixtures';
  test.override('services', { scope: 'file' }, () => [talks('a file')]);
  test('passes', ({ ofDirectory }) => {});
  test('fails', ({ ofDirectory }) => expect(1).toBe(2));
  test('fails as well, and there is nothing new to show', ({ ofDirectory }) => expect(1).toBe(2));`;
const OWN_JS = `
  const { talks } = require('./jest.fixtures');
  fixture('own', async ({ entrypoint }) => { await entrypoint.startServices(talks('a test')); });
  describe('a block', () => {
    test.override('services', { scope: 'describe' }, () => [talks('a block')]);
    test('passes', () => {});
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
  });`;

test.each(KINDS)('%s the output of a process is shown with each test that fails', async (_kind, args) => {
  const files = {
    'wide.test.ts': WIDE_TS,
    'own.test.js': OWN_JS,
    'jest.fixtures.ts': FIXTURES_TS,
    'jest.config.js': config,
  };
  const { report } = runLogged(files, { args });
  const failed = Object.values(report.files).flatMap(({ tests }) =>
    tests.flatMap(({ name, status }) => (status === 'failed' ? [name] : [])),
  );
  expect(failed.sort()).toEqual([
    'a block fails',
    'a service that dies says where it was started',
    'fails',
    'fails as well, and there is nothing new to show',
  ]);
  const shown = [...report.output.matchAll(/this is the process of (.*)/g)].map(([, name]) => name);
  expect(shown.sort()).toEqual(['a block', 'a directory', 'a file', 'a test', 'a worker']);
  const { messages } = report.files['own.test.js']!.tests.find(({ name }) => name.includes('dies'))!;
  expect(messages.join()).toMatch(/started at own\.test\.js:14/);
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

const onUnix = process.platform === 'win32' ? test.skip : test;
onUnix.each(KINDS)('%s a process ends with its group when its worker is killed', async (_kind, args) => {
  const files = { 'a.test.js': KILLED_JS, 'b.test.js': "test('b', () => {});", 'jest.config.js': config };
  const { log } = runLogged(files, { args });
  expect(log).toHaveLength(1);
  const pids = log[0]!.split(' ').slice(1).map(Number);
  expect(pids).toHaveLength(2);
  for (let tries = 0; tries < 200 && pids.some(isAlive); tries++) await wait(50);
  expect(pids.filter(isAlive)).toEqual([]);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie has ended; its parent has not looked yet.
    return !/^\d+ \(.*\) Z/.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
