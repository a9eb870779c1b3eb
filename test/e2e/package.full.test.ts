import * as fs from 'node:fs';
import * as path from 'node:path';
import { IN_BAND } from './run-jest';
import { Stranger } from './stranger';

/*
 * The packed package in JavaScript, without TypeScript beside it; `package-typescript.full.test.ts` has the rest.
 */
const WAYS = [
  ['in band', IN_BAND],
  ['with two workers', ['--maxWorkers=2']],
] as const;
let stranger: Stranger;

beforeAll(() => {
  stranger = new Stranger();
});
afterAll(() => stranger.remove());

test.each(WAYS)('JavaScript tests with no configuration but the preset, %s', (_way, args) => {
  stranger.write({
    'test/jest.fixtures.js':
      "fixture('server', { scope: 'file' }, async function* () { yield { url: 'x' }; });",
    'test/a.test.js': "test('a', async ({ server }) => { expect(server.url).toBe('x'); });",
    'test/b.test.js':
      "const { test, expect } = require('jest-loop'); test('b', ({ server }) => { expect(server.url).toBe('x'); });",
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
  const output = stranger.runJest([...args, 'test/', 'loops/']);
  expect(output).toContain('Tests:       4 passed, 4 total');
});

test('an ES module', () => {
  stranger.write({
    'esm/package.json': '{ "type": "module" }',
    'esm/a.test.js':
      "import { test, expect, fixture } from 'jest-loop'; fixture('x', 1); test('a', ({ x }) => expect(x).toBe(1));",
  });
  stranger.runJest(['esm', '--transform={}'], ['--experimental-vm-modules']);
});

test('required and imported outside of Jest it says what is missing, when it is called', () => {
  const code = "try { require('jest-loop').test('x', () => {}); } catch (error) { console.log(error.code); }";
  expect(stranger.run(process.execPath, '-e', code).trim()).toBe('ERR_NO_ENVIRONMENT');
  const module =
    "import { fixture } from 'jest-loop'; try { fixture('x', 1); } catch (error) { console.log(error.code); }";
  expect(stranger.run(process.execPath, '--input-type=module', '-e', module).trim()).toBe(
    'ERR_NO_ENVIRONMENT',
  );
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
  stranger.write({
    'alone.cjs': `const { ${NAMES} } = require('jest-loop'); const timers = require('node:timers');
      (async () => {${PROGRAM}})();`,
    'alone.mjs': `import { ${NAMES} } from 'jest-loop'; import * as timers from 'node:timers';\n${PROGRAM}`,
  });
  for (const script of ['alone.cjs', 'alone.mjs'])
    expect(stranger.run(process.execPath, script).trim()).toBe(EVENTS);
});

test('nothing is installed for it but acorn, pirates, workerpool and the types of Jest', () => {
  const { dependencies } = JSON.parse(fs.readFileSync(path.join(stranger.installed, 'package.json'), 'utf8'));
  expect(Object.keys(dependencies)).toEqual([
    '@jest/environment',
    '@jest/globals',
    '@jest/test-result',
    '@jest/types',
    'acorn',
    'pirates',
    'workerpool',
  ]);
  const files = fs.readdirSync(stranger.installed).sort();
  expect(files).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'SECURITY.md',
    'bench',
    'build',
    'docs',
    'jest-preset.d.ts',
    'jest-preset.js',
    'package.json',
  ]);
});

test('every link in a page of the package leads to one of its files', () => {
  const root = stranger.installed;
  const all = fs.readdirSync(root, { recursive: true, encoding: 'utf8' });
  const pages = all.filter(name => name.endsWith('.md') && !name.startsWith('build'));
  expect(pages.length).toBeGreaterThan(20);
  const broken = pages.flatMap(page =>
    [...fs.readFileSync(path.join(root, page), 'utf8').matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
      .map(([, link]) => link!)
      .filter(link => !/^https?:/.test(link))
      .filter(link => !fs.existsSync(path.resolve(root, path.dirname(page), link)))
      .map(link => `${page}: ${link}`),
  );
  expect(broken).toEqual([]);
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
  const root = stranger.installed;
  const { exports: entries, bin = {} } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const published = [...Object.values(entries), ...Object.values(bin)].flatMap(entry =>
    typeof entry === 'string' ? [entry] : Object.values(entry as Record<string, string>),
  );
  // Named where they are loaded: by the preset, by environments, by the runner and its workers, by workerpool, by
  // globals.d.ts, by the timeline.
  const byPath = [
    'build/entries/typescript-transform.js',
    'build/entries/engine.js',
    'build/entries/loop-core.js',
    'build/entries/observe.js',
    'build/entries/realm.js',
    'build/entries/worker-preload.js',
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
    .filter(
      file =>
        !/^(?:docs\b.*|bench\b.*|README\.md|CHANGELOG\.md|SECURITY\.md|LICENSE)$/.test(
          path.relative(root, file),
        ),
    );
  const unreached = shipped.filter(file => !reached.has(file)).map(file => path.relative(root, file));
  expect(unreached).toEqual([]);
  expect([...reached].filter(file => !fs.existsSync(file))).toEqual([]);
  // Many small files take longer to load than to run.
  expect(shipped.filter(file => file.endsWith('.js')).length).toBeLessThan(40);
});
