import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Row } from '../../src/observe/events/row';
import { type Report, runFiles } from './run-jest';
import { durationsOf, inFolder, only, rowsOf } from './timeline-rows';

/*
 * `--timeline`, `--durations` and the reporter, through real Jest, in band, with workers and with worker threads. The
 * fixtures note themselves how long they take. They do not wait: they put the clock of their process forward by minutes,
 * beside which it counts for nothing that a busy machine may stop at any moment.
 */

const CLOCK = `
  const real = performance.now.bind(performance);
  let ahead = 0;
  performance.now = () => real() + ahead;
  process.putForward = ms => { ahead += ms; };`;

const SETUP = `
  const fs = require('node:fs');
  const spend = async (name, phase, ms) => {
    await null;
    process.putForward(ms);
    fs.appendFileSync(process.env.LOG, JSON.stringify({ name, phase, ms }) + '\\n');
  };
  const slow = (up, down) => async function* ({}, request) {
    await spend(request.name, 'setUp', up);
    yield request.name;
    await spend(request.name, 'tearDown', down);
  };
  fixture('everywhere', { scope: 'session' }, slow(600_000, 500_000))
    .fixture('here', { scope: 'worker', deps: ['everywhere'] }, slow(400_000, 300_000))
    .fixture('own', { deps: ['here'] }, slow(100_000, 200_000))
    .fixture('beside', { deps: ['here'] }, async function* () { yield 1; })
    .fixture('getter', async ({}, request) => { await request.get('own'); })
    .fixture('late', { timeout: 100 }, async ({}, request) => {
      await new Promise((resolve, reject) => {
        const timer = setTimeout(resolve, 60_000);
        request.signal.addEventListener('abort', () => { clearTimeout(timer); reject(request.signal.reason); });
      });
    });`;

const FILES = {
  'setup.js': SETUP,
  'a.test.js': `
    test('uses all', ({ own, everywhere }) => {});
    test('again', ({ own }) => {});
    describe('a </script> block', () => {
      beforeEach(({ here }) => {});
      test('is too late', ({ late }) => {});
      test('waits </script>', async ({ getter }) => { throw new Error('<b>' + 'x'.repeat(100_000)); });
    });
    test('plain', () => {});
    test.skip('skipped', () => {});`,
  'b.test.js': `
    test('shares', ({ here }) => {});
    test.concurrent('one', async ({ beside }) => {});
    test.concurrent('two', async ({ beside }) => {});`,
  'clock.js': CLOCK,
};
const config = (more = ''): Record<string, string> => ({
  'jest.config.js': `module.exports = { preset: 'jest-loop', testTimeout: 3_600_000, setupFilesAfterEnv: ['<rootDir>/setup.js'], ${more} };`,
});

interface Recorded {
  readonly name: string;
  readonly phase: 'setUp' | 'tearDown';
  readonly ms: number;
}

interface Run {
  readonly report: Report;
  readonly page: string;
  readonly rows: readonly Row[];
  readonly trace: { readonly traceEvents: readonly TraceEvent[] };
  readonly recorded: readonly Recorded[];
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly dur?: number;
  readonly ts?: number;
  readonly id?: string;
}

/** One run with both kinds of timeline: one by the command line, one by the reporter. */
function observe(args: readonly string[]): Run {
  return inFolder(folder => {
    const file = path.join(folder, 'deep/page.html');
    const json = path.join(folder, 'trace.json');
    const log = path.join(folder, 'log');
    const reporters = `reporters: ['default', ['jest-loop/timeline', { file: ${JSON.stringify(json)} }]]`;
    const report = runFiles(
      { ...FILES, ...config(reporters) },
      {
        args: [...args, `--timeline=${file}`, '--durations', '3'],
        env: { LOG: log },
        loop: true,
        node: ['--require', './clock.js'],
      },
    );
    const page = fs.readFileSync(file, 'utf8');
    const recorded = fs
      .readFileSync(log, 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    const trace = JSON.parse(fs.readFileSync(json, 'utf8'));
    return { report, page, rows: rowsOf(page), trace, recorded };
  });
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** By how much they differ, as a part of what was expected. */
const differBy = (found: number, expected: number): number => Math.abs(found - expected) / expected;

describe.each([
  ['-i', []],
  ['-w=2', []],
  ['-w=2', ['--workerThreads']],
])('a timeline: %s %j', (arg, more) => {
  let run: Run;
  beforeAll(() => {
    run = observe([arg, ...more]);
  });

  test.each(['everywhere', 'here', 'own'])('its totals agree with what fixture %s recorded', name => {
    const own = (phase: Recorded['phase']): number[] =>
      run.recorded.filter(each => each.name === name && each.phase === phase).map(({ ms }) => ms);
    const row = durationsOf(run.rows, name);
    expect(row.count).toBe(own('setUp').length);
    for (const phase of ['setUp', 'tearDown'] as const) {
      const recorded = own(phase);
      const label = phase === 'setUp' ? `set up ${name}` : `tear down ${name}`;
      const spans = run.trace.traceEvents.filter(each => each.name === label && each.ph !== 'e');
      expect(spans).toHaveLength(recorded.length);
      const ends = new Map(
        run.trace.traceEvents
          .filter(({ ph }) => ph === 'e')
          .map(each => [`${each.id}${each.name}`, each.ts!]),
      );
      const traced = spans.map(({ dur, id, ts, name }) => dur ?? ends.get(`${id}${name}`)! - ts!);
      for (const total of [row[phase].total, sum(traced) / 1000])
        expect(differBy(total, sum(recorded))).toBeLessThan(0.05);
      expect(differBy(row[phase].slowest, Math.max(...recorded))).toBeLessThan(0.05);
    }
    expect(row.total).toBeCloseTo(row.setUp.total + row.tearDown.total, 3);
  });

  test('a fixture that waits for another one is not charged for it', () => {
    expect(durationsOf(run.rows, 'getter').total).toBeLessThan(5000);
  });

  test('it counts the tests that use a fixture, and those that asked first', () => {
    const workers = arg === '-i' ? 1 : 2;
    expect(durationsOf(run.rows, 'own')).toMatchObject({ count: 3, tests: 3, askedFirst: 3 });
    expect(durationsOf(run.rows, 'everywhere')).toMatchObject({ count: 1, tests: 7, askedFirst: 1 });
    expect(durationsOf(run.rows, 'here')).toMatchObject({ count: workers, tests: 7, askedFirst: workers });
    const [whole] = only(run.rows, 'run');
    const { share, total } = durationsOf(run.rows, 'own');
    expect(share).toBeCloseTo(total / (whole!.end - whole!.begin) / workers, 2);
  });

  test('--durations prints the most expensive as a table', () => {
    const lines = run.report.output.split('\n');
    const from = lines.findIndex(line =>
      /^The 3 most expensive of 6 fixtures, in a run of [\d.]+ .+:$/.test(line),
    );
    const table = lines.slice(from + 2, from + 7);
    expect(table[1]).toMatch(
      /^ {2}fixture +scope +times +total +total +median +slowest +total +median +slowest +share +using +first +declared at$/,
    );
    expect(
      table
        .slice(2)
        .map(line => line.trim().split(/\s+/)[0])
        .sort(),
    ).toEqual(['everywhere', 'here', 'own']);
    expect(table.find(line => line.startsWith('  own'))).toMatch(/^ {2}own +test +3 .* 3 +3 +setup\.js:\d+$/);
  });

  test('an instance can be followed from its first requester to its teardown', () => {
    const tests = only(run.rows, 'test');
    const instances = only(run.rows, 'instance');
    const nameOf = (id: string): string => only(run.rows, 'fixture').find(each => each.id === id)!.name;
    const [session] = instances.filter(({ fixture }) => nameOf(fixture) === 'everywhere');
    const requester = tests.find(({ id }) => id === session!.requester)!;
    expect(session!.requestedBy).toContain(requester.titles.at(-1)!);
    expect(session!.tearDown?.outcome).toBe('passed');
    const standIns = only(run.rows, 'stands-for').filter(({ instance }) => instance === session!.id);
    const users = tests.filter(({ uses = [] }) => standIns.some(({ standIn }) => uses.includes(standIn)));
    expect(users.map(({ titles }) => titles.at(-1)).sort()).toEqual(
      ['again', 'is too late', 'one', 'shares', 'two', 'uses all', 'waits </script>'].sort(),
    );
    const lanes = only(run.rows, 'lane');
    expect(lanes.map(({ name }) => name).sort()).toEqual(
      arg === '-i' ? ['main process'] : ['main process', 'worker 1', 'worker 2'],
    );
    expect(lanes.find(({ id }) => id === session!.lane)!.name).toBe('main process');
    // The instance that a fixture requested at run time names that fixture.
    const got = instances.find(({ by }) => by !== undefined)!;
    expect(nameOf(instances.find(({ id }) => id === got.by)!.fixture)).toBe('getter');
  });

  test('it has tests, hooks, waits, errors and what a time-out was waiting for', () => {
    const { rows } = run;
    expect(
      only(rows, 'test')
        .map(({ titles, outcome }) => `${titles.at(-1)} ${outcome}`)
        .sort(),
    ).toEqual(
      [
        'again passed',
        'is too late failed',
        'one passed',
        'plain passed',
        'shares passed',
        'skipped skipped',
        'two passed',
        'uses all passed',
        'waits </script> failed',
      ].sort(),
    );
    expect(only(rows, 'hook').map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual([
      'beforeEach passed',
      'beforeEach passed',
    ]);
    const [limit] = only(rows, 'time-limit');
    expect(limit).toMatchObject({ phase: 'set up', limit: 100 });
    expect(limit!.waiting.join()).toContain('setTimeout(');
    expect(only(rows, 'instance').find(({ id }) => id === limit!.of)!.setUp).toMatchObject({
      outcome: 'failed',
      errors: [{ message: expect.stringContaining('took too long to set up') }],
    });
    expect(only(rows, 'wait').length).toBeGreaterThan(0);
    expect(
      only(rows, 'file')
        .map(({ path, outcome }) => `${path} ${outcome}`)
        .sort(),
    ).toEqual(['a.test.js failed', 'b.test.js passed']);
    const failed = only(rows, 'test').find(({ titles }) => titles.includes('waits </script>'))!;
    expect(failed.errors![0]!.message.length).toBeLessThan(5000);
  });

  test('no text of the run becomes markup', () => {
    // One stream for each process, and the program.
    expect(run.page.match(/<\/script>/g)).toHaveLength(arg === '-i' ? 2 : 4);
    expect(run.page).not.toContain('<b>');
    expect(run.page).not.toMatch(/\b(src|href)=/);
  });

  test('the trace names its lanes', () => {
    const names = run.trace.traceEvents.filter(({ name }) => name === 'process_name');
    expect(names).toHaveLength(arg === '-i' ? 1 : 3);
  });
});
