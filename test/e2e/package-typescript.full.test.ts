import { IN_BAND } from './run-jest';
import { Stranger } from './stranger';

/* The packed package in TypeScript: compiled by ts-jest, and its types in the user's hands. */
let stranger: Stranger;

beforeAll(() => {
  stranger = new Stranger('ts-jest@29', 'typescript@5.9', '@types/node@20');
});
afterAll(() => stranger.remove());

test('a TypeScript test with ts-jest and no tsconfig, typed', () => {
  stranger.write({
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
      beforeEach(async ({ unknown }) => void unknown);
      // @ts-expect-error there is no such matcher
      expect(1).toBeOne();
      // @ts-expect-error a type of Jest's, which takes a function
      type Wrong = jest.Mock<number>;`,
    'ts/wrong.ts':
      "import { test } from 'jest-loop';\n// @ts-expect-error there is no such fixture\ntest('x', ({ unknown }) => unknown);\n",
  });
  const output = stranger.runJest([...IN_BAND, 'ts/']);
  // As ts-jest marks what it finds odd in a configuration.
  expect(output).not.toContain('(WARN)');
  stranger.runJest(['--maxWorkers=2', 'ts/']);
  stranger.run(
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
  stranger.run(
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
  stranger.run(
    process.execPath,
    ...['node_modules/typescript/bin/tsc', '--strict', '--module', 'node16', '--target', 'es2022'],
    ...['--lib', 'es2022,esnext.disposable', '--types', 'node', 'ts/alone.cts'],
  );
  expect(stranger.run(process.execPath, 'ts/alone.cjs').trim()).toBe('typed true');
});
