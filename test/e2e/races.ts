import { fullTest, sizedTo } from '../sizes';
import { replays, unquoted } from './chaos';
import { LOG_JS } from './log-to-file';
import type { Report } from './report';
import { type RunOptions, runFiles } from './run-jest';

/* What is tested of `--races` on each Jest. The command line sets the variable that is set here. */

/** Two pairs of timers that are due at one moment; it fails where the second of the second pair goes first. */
const RACE = `
  const { log } = require('./log');
  const sleep = ms => new Promise(done => setTimeout(done, ms));
  test('a race', async ({ fresh, request }) => {
    let written;
    const quiet = [sleep(10), sleep(10), sleep(10)];
    await Promise.all(quiet);
    setTimeout(() => { written = true; }, 10);
    const read = new Promise(done => {
      setTimeout(() => done(written), 10);
    });
    for (const ms of [5, 5, 10, 20, 20]) setTimeout(() => {}, ms);
    expect(await read).toBe(true);
  });`;

function events(report: Report, file = 'a.test.js'): readonly string[] {
  return report.files[file]!.events;
}

export function testRaces(shared: RunOptions = {}): void {
  const run = (
    files: Readonly<Record<string, string>>,
    env: Readonly<Record<string, string>> = {},
    args: readonly string[] = [],
  ): Report => runFiles({ 'log.js': LOG_JS, ...files }, { ...shared, env, args });

  test('each test runs N times, each time anew and with another seed, until one fails', () => {
    const files = {
      'a.test.js': `
        const { log } = require('./log');
        fixture('fresh', async function* (_, { test }) { log('up ' + test.attempt); yield {}; log('down ' + test.attempt); });
        fixture('wide', { scope: 'file' }, () => log('wide'));
        beforeEach(() => log('beforeEach'));
        afterEach(() => log('afterEach'));
        beforeAll(() => log('beforeAll'));
        afterAll(() => log('afterAll'));
        test('passes', async ({ fresh, wide, loopBackendName }) => {
          const order = [];
          for (const letter of 'abcdefgh') setTimeout(() => order.push(letter), 10);
          await new Promise(done => setTimeout(done, 20));
          log('ran on ' + loopBackendName + ' ' + order.join(''));
          expect(order).toHaveLength(8);
          expect.assertions(1);
        });
        test.skip('skipped', () => {});
        test.todo('to do');
        describe('block', () => {
          test('synchronous', () => log('synchronous'));
          test.failing('as expected', async () => { log('as expected'); throw new Error('expected'); });
        });
        test('fails', async () => { log('fails'); await null; throw new Error('always'); });`,
      'b.test.js': `
        const { log } = require('./log');
        fixture('fresh', async function* () { log('up'); yield {}; log('down'); });
        let seen;
        test.concurrent('at once', async ({ fresh }) => {
          await new Promise(done => setImmediate(done));
          log(fresh === seen ? 'the same' : 'another');
          seen = fresh;
        });
        test.concurrent('fails at once', async () => {
          const order = [];
          for (const letter of 'ab') setTimeout(() => order.push(letter), 10);
          await new Promise(done => setTimeout(done, 20));
          expect(order.join('')).toBe('ab');
        });
        test.concurrent.failing('as expected at once', async () => { log('thrown'); await null; throw new Error('expected'); });
        test.concurrent.failing('passes in some order', async () => {
          const order = [];
          for (const letter of 'ab') setTimeout(() => order.push(letter), 10);
          await new Promise(done => setTimeout(done, 20));
          expect(order.join('')).toBe('ba');
        });`,
      'wide.test.js': `test('in one order', { loopScope: 'file' }, async () => { await null; });`,
    };
    const report = run(files, { JEST_LOOP_RACES: '6', JEST_LOOP_SEED: '3' });
    const all = events(report);
    const { tests } = report.files['a.test.js']!;
    expect(tests.map(({ name, status }) => [name, status])).toEqual([
      ['passes', 'passed'],
      ['skipped', 'pending'],
      ['to do', 'todo'],
      ['block synchronous', 'passed'],
      ['block as expected', 'passed'],
      ['fails', 'failed'],
    ]);
    const orders = all.filter(line => line.startsWith('ran on chaos'));
    expect(orders).toHaveLength(6);
    expect(new Set(orders).size).toBe(6);
    const one = (attempt: number): string[] => [
      'beforeEach',
      `up ${attempt}`,
      'ran',
      'afterEach',
      `down ${attempt}`,
    ];
    const own = all.map(line => (line.startsWith('ran on') ? 'ran' : line)).filter(line => line !== 'wide');
    expect(own.slice(0, 31)).toEqual(['beforeAll', ...[1, 2, 3, 4, 5, 6].flatMap(one)]);
    const count = (event: string): number => all.filter(line => line === event).length;
    expect(['wide', 'beforeAll', 'afterAll', 'synchronous', 'as expected', 'fails'].map(count)).toEqual([
      1, 1, 1, 6, 6, 1,
    ]);
    const { tests: atOnce } = report.files['b.test.js']!;
    expect(atOnce.map(({ name, status }) => [name, status])).toEqual([
      ['at once', 'passed'],
      ['fails at once', 'failed'],
      ['as expected at once', 'passed'],
      ['passes in some order', 'failed'],
    ]);
    const atOnceEvents = events(report, 'b.test.js');
    expect(atOnceEvents.filter(event => event !== 'thrown')).toEqual(
      Array.from({ length: 6 }, () => ['up', 'another', 'down']).flat(),
    );
    expect(atOnceEvents.filter(event => event === 'thrown')).toHaveLength(6);
    expect(atOnce[3]!.raw.join('\n')).toMatch(
      /^Error: Failing test passed[\s\S]*Race in test "passes in some order": 1 of 6 orders[\s\S]*\n\nReplay: /,
    );
    expect(report.output).toContain(
      '\n--races: 3 tests failed in one of 6 orders: 5 tests passed in 6 orders each.' +
        '\n--races: 1 test ran once: in the Loop of a wider scope, there is one order for all tests.\n',
    );
    expect(atOnce[1]!.raw.join('\n')).toMatch(
      /expect\(received\)[\s\S]*Race in test "fails at once": 1 of 6 orders[\s\S]*\n\nReplay: .* -t "fails at once"$/,
    );
    expect(report.output).toContain('Tests:       3 failed, 1 skipped, 1 todo, 6 passed, 11 total');
  });

  fullTest('a test that is skipped is not counted; without any, none has passed', () => {
    const files = {
      'a.test.js': `
        const { log } = require('./log');
        test('skips itself', ({ request }) => { log('skips'); request.skip('no reason'); });
        test.concurrent('at once', async ({ request }) => { log('skips'); request.skip(); });
        test.concurrent.failing('fails at once', async ({ request }) => { log('skips'); request.skip(); });
        test.skip('left out', async () => {});`,
    };
    const report = run(files, { JEST_LOOP_RACES: '3' });
    expect(report.files['a.test.js']!.tests.map(({ status }) => status)).toEqual([
      'pending',
      'pending',
      'pending',
      'pending',
    ]);
    expect(events(report)).toEqual(['skips', 'skips', 'skips']);
    expect(report.output).toContain('\n--races: No test ran.\n');
    const none = run(files, { JEST_LOOP_RACES: '3' }, ['-t', 'none such']);
    expect(none.output).toContain('\n--races: No test ran.\n');
  });

  const PROCESSES: [processes: string, args: string[]][] = [
    ['in band', []],
    ['with two workers', ['--maxWorkers=2', '--workerIdleMemoryLimit=2GB']],
  ];
  test.each(sizedTo(1, PROCESSES))(
    'the report names the test, how many failed, the first seed, and both callbacks, %s',
    (_, args) => {
      const files = {
        // A retry adds nothing to the report.
        'a.test.js': `jest.retryTimes(1);${RACE.replace('fresh, request', '')}`,
        'b.test.js': "test('no race', async () => { await new Promise(done => setTimeout(done, 10)); });",
      };
      const report = run(files, { JEST_LOOP_RACES: '100', JEST_LOOP_SEED: '1000' }, args);
      expect(report.files['b.test.js']!.tests.map(({ status }) => status)).toEqual(['passed']);
      expect(report.output).toContain(
        '\n--races: 1 test failed in one of 100 orders: 1 test passed in 100 orders each.\n',
      );
      const [failure] = report.files['a.test.js']!.tests;
      const text = failure!.raw.join('\n');
      expect(report.files['a.test.js']!.tests).toHaveLength(1);
      expect(text.match(/Race in test|Replay: /g)).toEqual(['Race in test', 'Replay: ']);
      expect(text).toContain('expect(received).toBe(expected)');
      const [, total, seed, passed, left] =
        /Race in test "a race": 1 of (\d+) orders failed, that of seed (\d+) \((?:(\d+) passed before it, )?(\d+) were not run\)\./.exec(
          text,
        ) ?? [];
      expect(total).toBe('100');
      expect(Number(seed)).toBe(1000 + Number(passed ?? 0));
      expect(Number(passed ?? 0) + 1 + Number(left)).toBe(100);
      expect(text).toContain('differs from real order at one step');
      const line = (part: string): number =>
        files['a.test.js'].split('\n').findIndex(each => each.includes(part)) + 1;
      expect(text).toContain(`passing: setTimeout(fn, 10), created at a.test.js:${line('written = true')}`);
      expect(text).toContain(`failing: setTimeout(fn, 10), created at a.test.js:${line('done(written)')}`);
      expect(replays(text)).toEqual([{ seed, pattern: 'a race' }]);
      const again = run(files, { JEST_LOOP_BACKEND: 'chaos', JEST_LOOP_SEED: seed! }, [
        '-t',
        unquoted('a race'),
      ]);
      expect(again.files['a.test.js']!.tests.map(({ status, messages }) => [status, messages])).toEqual([
        ['failed', failure!.messages],
      ]);
    },
  );
}
