import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ROOT } from './run-jest';

/*
 * The package as a stranger gets it: the packed tarball, installed in an empty folder outside of the repository
 * with Jest from the registry.
 */
const TARBALL = path.join(ROOT, '.tmp/jest-loop.tgz');
let folder: string;

const run = (command: string, ...args: string[]): string =>
  execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const write = (files: Record<string, string>): void => {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
};
/** Runs Jest there; gives what it printed, on success and on failure. */
const runTests = (...args: string[]): string => {
  const bin = path.join(folder, 'node_modules/jest/bin/jest.js');
  try {
    return execFileSync(process.execPath, [bin, '--ci', ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(stdout + stderr);
  }
};

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jest-loop-package-'));
  write({ 'package.json': '{ "name": "stranger", "jest": { "preset": "jest-loop" } }' });
  run('npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', TARBALL, 'jest@30');
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test('a JavaScript test with no configuration but the preset, in band and with workers', () => {
  write({
    'test/jest.fixtures.js':
      "fixture('server', { scope: 'file' }, async function* () { yield { url: 'x' }; });",
    'test/a.test.js': "test('a', async ({ server }) => { expect(server.url).toBe('x'); });",
    'test/b.test.js':
      "const { test, expect } = require('jest-loop'); test('b', ({ server }) => { expect(server.url).toBe('x'); });",
  });
  runTests('-i');
  runTests('--maxWorkers=2');
});

test('an ES module', () => {
  write({
    'esm/package.json': '{ "type": "module" }',
    'esm/a.test.js':
      "import { test, expect, fixture } from 'jest-loop'; fixture('x', 1); test('a', ({ x }) => expect(x).toBe(1));",
  });
  const bin = path.join(folder, 'node_modules/jest/bin/jest.js');
  run(process.execPath, '--experimental-vm-modules', bin, '--ci', 'esm', '--transform={}');
});

test('required and imported outside of Jest it says what is missing, when it is called', () => {
  const code = "try { require('jest-loop').test('x', () => {}); } catch (error) { console.log(error.code); }";
  expect(run(process.execPath, '-e', code).trim()).toBe('ERR_NO_ENVIRONMENT');
  const module =
    "import { fixture } from 'jest-loop'; try { fixture('x', 1); } catch (error) { console.log(error.code); }";
  expect(run(process.execPath, '--input-type=module', '-e', module).trim()).toBe('ERR_NO_ENVIRONMENT');
});

/** Takes Loops as a program does that knows nothing of Jest. */
const PROGRAM = `
  const events = [];
  const codeOf = fn => { try { fn(); } catch (error) { return error.code; } };
  events.push(codeOf(getRunningLoop), codeOf(getEventLoop), isManagedTest({}));
  const loop = new Loop({ name: 'program' });
  const task = loop.createTask(async () => { await sleep(1); return getRunningLoop() === loop; });
  events.push(task instanceof Task, await task);
  loop.run(() => {
    setTimeout(() => events.push('never'), 100_000);
    timers.setInterval(() => events.push('never'), 100_000);
  });
  const waiting = loop.createTask(async () => {
    try { await sleep(100_000); } finally { events.push('ended'); }
  });
  await loop.sleep(0);
  await loop.close();
  events.push(await waiting.catch(error => error instanceof CancelledError));
  try { loop.callSoon(() => {}); } catch (error) { events.push(error instanceof LoopClosedError); }
  setEventLoop(newEventLoop());
  events.push(await getEventLoop().runUntilComplete(async () => 'complete'));
  await getEventLoop().close();
  setEventLoop(undefined);
  const installed = new Loop({ newLoop: true });
  events.push(getRunningLoop() === installed);
  await installed[Symbol.asyncDispose]();
  events.push(codeOf(getRunningLoop));
  const pool = new Loop();
  events.push(await pool.runInExecutor((a, b) => a + b, 1, 2));
  await pool.close();
  console.log(events.join(' '));`;
const NAMES =
  'CancelledError, Future, getEventLoop, getRunningLoop, Handle, isManagedTest, Loop, LoopClosedError, newEventLoop, setEventLoop, sleep, Task';
const EVENTS = 'ERR_LOOP_NONE ERR_LOOP_NONE false true true ended true true complete true ERR_LOOP_NONE 3';

test('Loops alone, in a CommonJS script and in an ES module, which end by themselves', () => {
  write({
    'alone.cjs': `const { ${NAMES} } = require('jest-loop'); const timers = require('node:timers');
      (async () => {${PROGRAM}})();`,
    'alone.mjs': `import { ${NAMES} } from 'jest-loop'; import * as timers from 'node:timers';\n${PROGRAM}`,
  });
  for (const script of ['alone.cjs', 'alone.mjs']) expect(run(process.execPath, script).trim()).toBe(EVENTS);
});

test('Loops in the tests of a stranger', () => {
  write({
    'loops/a.test.js': `
      const { ${NAMES} } = require('jest-loop');
      test('the classes of the test', async ({ eventLoop, tasks, request }) => {
        expect(eventLoop).toBeInstanceOf(Loop);
        expect(getRunningLoop()).toBe(request.loop);
        expect(tasks.start(() => {})).toBeInstanceOf(Task);
        expect(eventLoop.createFuture()).toBeInstanceOf(Future);
        expect(eventLoop.callSoon(() => {})).toBeInstanceOf(Handle);
        const task = tasks.start(() => sleep(100_000));
        task.cancel();
        await expect(task.then()).rejects.toBeInstanceOf(CancelledError);
        const own = newEventLoop();
        await own.close();
        expect(() => own.callSoon(() => {})).toThrow(LoopClosedError);
        setEventLoop(own);
        expect(getEventLoop()).toBe(eventLoop);
        expect(isManagedTest({})).toBe(false);
      });`,
    'loops/b.test.js': `
      test('a module that is loaded again means the same', () => {
        const { Loop } = require('jest-loop');
        jest.resetModules();
        expect(require('jest-loop').Loop).toBe(Loop);
      });`,
  });
  runTests('-i', 'loops/');
});

test('nothing is installed for it but acorn, pirates, workerpool and the types of Jest', () => {
  const { dependencies } = JSON.parse(
    fs.readFileSync(path.join(folder, 'node_modules/jest-loop/package.json'), 'utf8'),
  );
  expect(Object.keys(dependencies)).toEqual([
    '@jest/environment',
    '@jest/globals',
    '@jest/types',
    'acorn',
    'pirates',
    'workerpool',
  ]);
  const files = fs.readdirSync(path.join(folder, 'node_modules/jest-loop')).sort();
  expect(files).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'build',
    'docs',
    'jest-preset.d.ts',
    'jest-preset.js',
    'package.json',
  ]);
});

test('a TypeScript test with ts-jest and no tsconfig, typed', () => {
  run(
    'npm',
    'install',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    'ts-jest@29',
    'typescript@5.9',
    '@types/node@20',
  );
  write({
    'ts/jest.fixtures.ts': `
      import { fixture, type FixturesOf } from 'jest-loop';
      export const fixtures = fixture('port', (): number => 80)
        .fixture('server', async function* ({ port }) { yield { url: 'http://localhost:' + port }; });
      declare module 'jest-loop' { interface Fixtures extends FixturesOf<typeof fixtures> {} }`,
    'ts/a.test.ts': `
      import { expect, test } from 'jest-loop';
      test('typed', async ({ server }) => { const url: string = server.url; expect(url).toBe('http://localhost:80'); });
      test.each([[1, 2]])('row %i', (a, b, { port }) => { const sum: number = a + b + port; expect(sum).toBe(83); });`,
    'ts/b.test.ts':
      "import { expect, test } from 'jest-loop'; test('b', ({ port }) => expect(port).toBe(80));",
    'ts/loops.test.ts': `
      import { type AsyncTimeout, expect, fixture, getRunningLoop, Loop, type Task, test } from 'jest-loop';
      class Policy implements AsyncTimeout {
        last = 0;
        set(ms: number): void { this.last = ms; }
      }
      fixture('asyncTimeoutProvider', { scope: 'file' }, { load: () => new Policy() });
      fixture('aroundTest', () => async (run: () => Promise<unknown>) => { await run(); });
      test('typed', async ({ eventLoop, asyncTimeout, tasks }) => {
        asyncTimeout.set(1000);
        const task: Task<number> = tasks.start(async () => { await eventLoop.sleep(1); return 1; });
        expect(await task).toBe(1);
      });
      test('a context manager', async () => {
        const before = getRunningLoop();
        {
          await using loop = new Loop({ newLoop: true });
          expect(getRunningLoop()).toBe(loop);
        }
        expect(getRunningLoop()).toBe(before);
      });`,
    'ts/alone.cts': `
      import { CancelledError, Loop, type LoopOptions, sleep, type Task } from 'jest-loop';
      async function main(): Promise<void> {
        const options: LoopOptions = { name: 'alone' };
        await using loop = new Loop(options);
        const task: Task<string> = loop.createTask(async () => { await sleep(1); return 'typed'; });
        console.log(await task, new CancelledError() instanceof Error);
      }
      void main();`,
    'ts/globals.ts': `
      beforeEach(async ({ server, request }) => void [server.url, request.test.attempt]);
      beforeAll(done => done());
      test('x', async ({ port }) => expect(port.toFixed()).toBe('80'));
      test.each([[1]])('x', async (n, { port }) => expect(n).toBe(port));
      it.only('x', done => { const f: jest.Mock<() => number> = jest.fn(() => 1); jest.spyOn(Date, 'now'); done(String(f())); });
      xtest('x', () => {});
      fdescribe('x', () => { fit('x', { tags: ['x'] }, async ({ server }) => void server.url); });
      fixture('own', ({ request }) => request.name).fixture('more', ({ own }) => own.length);
      // @ts-expect-error there is no such fixture
      beforeEach(async ({ nobody }) => void nobody);
      // @ts-expect-error there is no such matcher
      expect(1).toBeOne();
      // @ts-expect-error a type of Jest's, which takes a function
      type Wrong = jest.Mock<number>;`,
    'ts/wrong.ts':
      "import { test } from 'jest-loop';\n// @ts-expect-error there is no such fixture\ntest('x', ({ nobody }) => nobody);\n",
  });
  const output = runTests('-i', 'ts/');
  expect(output).not.toMatch(/warn/i);
  runTests('--maxWorkers=2', 'ts/');
  run(
    process.execPath,
    'node_modules/typescript/bin/tsc',
    '--noEmit',
    '--strict',
    '--module',
    'node16',
    '--target',
    'es2022',
    'ts/a.test.ts',
    'ts/loops.test.ts',
    'ts/wrong.ts',
    'ts/jest.fixtures.ts',
  );
  // In place of @types/jest, which is not installed.
  run(
    process.execPath,
    ...[
      'node_modules/typescript/bin/tsc',
      '--noEmit',
      '--strict',
      '--module',
      'node16',
      '--target',
      'es2022',
    ],
    ...['--lib', 'es2022,esnext.disposable', '--types', 'jest-loop/globals'],
    ...['ts/globals.ts', 'ts/jest.fixtures.ts'],
  );
  run(
    process.execPath,
    ...['node_modules/typescript/bin/tsc', '--strict', '--module', 'node16', '--target', 'es2022'],
    ...['--lib', 'es2022,esnext.disposable', '--types', 'node', 'ts/alone.cts'],
  );
  expect(run(process.execPath, 'ts/alone.cjs').trim()).toBe('typed true');
});

/** The files that Node and TypeScript load, directly or not, for one of the package. */
function reachedFrom(root: string, entries: readonly string[]): Set<string> {
  const reached = new Set(entries.map(entry => path.join(root, entry)));
  for (const file of reached) {
    if (!/\.[cm]?[jt]s$/.test(file)) continue;
    const text = fs.readFileSync(file, 'utf8');
    for (const [, name] of text.matchAll(
      /(?:\bfrom |\brequire\(|\bimport\(|<reference path=)["'](\.[^"']*)["']/g,
    )) {
      const base = path.resolve(path.dirname(file), name!.replace(/(\.d)?\.[jt]s$/, ''));
      const ends = file.endsWith('.d.ts') ? ['.d.ts', '/index.d.ts'] : ['.js', '/index.js'];
      const found = ends.map(end => base + end).find(each => fs.existsSync(each));
      if (found !== undefined) reached.add(found);
    }
  }
  return reached;
}

test('each file of the package is reached from an entry, or loaded by a known path', () => {
  const root = path.join(folder, 'node_modules/jest-loop');
  const { exports: entries, bin = {} } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const published = [...Object.values(entries), ...Object.values(bin)].flatMap(entry =>
    typeof entry === 'string' ? [entry] : Object.values(entry as Record<string, string>),
  );
  // Named where they are loaded: by the preset, when a wide fixture is asked for, by workerpool, by globals.d.ts,
  // by the timeline.
  const byPath = [
    'build/entries/typescript-transform.js',
    'build/entries/shared-fixtures.js',
    'build/loop/executor/pool-worker.js',
    'build/node_modules/jest/index.d.ts',
    'build/page/timeline.js',
    'build/page/timeline-style.css',
  ];
  const reached = reachedFrom(root, [...published, ...byPath]);
  const shipped = fs
    .readdirSync(root, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.join(entry.parentPath, entry.name))
    .filter(file => !/^(?:docs\b.*|README\.md|CHANGELOG\.md|LICENSE)$/.test(path.relative(root, file)));
  const unreached = shipped.filter(file => !reached.has(file)).map(file => path.relative(root, file));
  expect(unreached).toEqual([]);
  expect([...reached].filter(file => !fs.existsSync(file))).toEqual([]);
  // Many small files take longer to load than to run.
  expect(shipped.filter(file => file.endsWith('.js')).length).toBeLessThan(40);
});
