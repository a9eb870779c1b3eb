import { keepJest, runFiles } from './run-jest';

keepJest();

test('-t matches a variant with and without its [id]', () => {
  const pattern = [
    '^plain$',
    '^block inner both$',
    '^row 1$',
    '^through a hook$',
    '^wide \\[y\\]$',
    'block also wide$',
    '^left out$',
  ].join('|');
  const { code, files } = runFiles(
    {
      'a.test.js': `
        fixture('kind', { params: ['pg', 'my'] }, (_, { param }) => param);
        fixture('size', { params: [1, 2] }, (_, { param }) => param);
        fixture('far', { scope: 'file', params: ['x', 'y'] }, (_, { param }) => param);
        test('plain', ({ kind }) => {});
        test('plain too', ({ kind }) => {});
        test.each([[1], [2]])('row %i', (row, { kind }) => {});
        test('wide', ({ far }) => {});
        test.skip('left out', ({ kind }) => {});
        describe('block', () => {
          let ready;
          beforeAll(() => { ready = true; });
          test('also wide', ({ far }) => expect(ready).toBe(true));
          describe('inner', () => { test('both', ({ kind, size }) => {}); });
        });`,
      'b.test.js': `
        fixture('kind', { params: ['pg', 'my'] }, (_, { param }) => param);
        beforeEach(({ kind }) => {});
        test('through a hook', () => {});
        test('another', () => {});`,
    },
    { args: ['-t', pattern] },
  );
  expect(code).toBe(0);
  const ran = (file: string): string[] =>
    files[file]!.tests.filter(({ status }) => status === 'passed').map(({ name }) => name);
  expect(ran('a.test.js')).toEqual([
    'plain [pg]',
    'plain [my]',
    'row 1 [pg]',
    'row 1 [my]',
    'block also wide [x]',
    'block inner both [pg, 1]',
    'block inner both [pg, 2]',
    'block inner both [my, 1]',
    'block inner both [my, 2]',
    'wide [y]',
    'block also wide [y]',
  ]);
  expect(ran('b.test.js')).toEqual(['through a hook [pg]', 'through a hook [my]']);
});

test('one value at a time in shuffled, concurrent and retried tests, and in blocks that are run once more', () => {
  const prelude = `
    let open;
    const alone = async function* (_, { param }) {
      if (open !== undefined) throw new Error(open + ' is still up');
      open = param;
      yield param;
      await null;
      open = undefined;
    };
    fixture('port', { scope: 'file', params: ['x', 'y', 'z'] }, alone);
    fixture('user', { scope: 'describe' }, ({ port }) => port);
    fixture('late', { scope: 'file' }, async function* ({ request }) { yield await request.get('port'); });
    const check = port => { expect(open).toBe(port); };`;
  const { code, output, files } = runFiles(
    {
      'shuffled.test.js': `${prelude}
        let seen;
        beforeAll(() => { seen = []; });
        afterAll(() => { expect(seen.sort()).toEqual(['x', 'y', 'z']); });
        test('a', ({ port }) => { seen.push(port); check(port); });
        test.concurrent('b', async ({ port }) => { await null; check(port); });
        test.concurrent('c', async ({ port }) => { await null; check(port); });
        describe('block', () => {
          let state;
          beforeAll(({ port, user }) => { expect(user).toBe(port); state = port; });
          afterAll(({ port }) => { expect(state).toBe(port); check(port); });
          test('d', ({ user }) => { expect(user).toBe(state); check(user); });
          test('e', async ({ port, request }) => { expect(await request.get('late')).toBe(port); });
          test.concurrent('f', async ({ port }) => { await null; check(port); });
        });`,
      'retried.test.js': `${prelude}
        jest.retryTimes(2);
        let calls = 0;
        test('first', ({ port }) => { check(port); if (calls++ % 3 < 2) throw new Error('flaky'); });
        test('second', ({ port }) => { check(port); });`,
      'jest.fixtures.js':
        "fixture('engine', { scope: 'worker', params: ['pg', 'my'] }, (_, { param }) => param);",
      'worker.test.js': `
        let state;
        fixture('table', { scope: 'file' }, ({ engine }) => engine);
        beforeAll(({ engine, table }) => { expect(table).toBe(engine); state = engine; });
        test('one', ({ engine }) => { expect(state).toBe(engine); });
        describe('block', () => { test('two', ({ table }) => { expect(state).toBe(table); }); });`,
      'again.test.js': `/** @jest-loop {"setup": "parallel"} */
        ${prelude}
        let runs = {};
        describe('block', () => {
          jest.retryTimes(1, { entireDescribe: true });
          beforeAll(({ port }) => { runs[port] = (runs[port] ?? 0) + 1; });
          test('first', ({ port }) => { check(port); expect(runs[port]).toBe(2); });
          test('second', ({ user }) => { check(user); });
        });
        describe('one of several', () => {
          jest.retryTimes(1, { entireDescribe: true });
          let visits = 0;
          test('third', ({ port }) => { check(port); expect(visits++ % 2).toBe(1); });
        });`,
    },
    { args: ['--randomize', '--seed=7', '-i'] },
  );
  const failed = Object.values(files).flatMap(({ tests }) =>
    tests.filter(({ status }) => status !== 'passed'),
  );
  expect(failed).toEqual([]);
  expect(output).not.toContain('●');
  expect(code).toBe(0);
  expect(files['shuffled.test.js']!.tests).toHaveLength(18);
  expect(files['worker.test.js']!.tests).toHaveLength(4);
});
