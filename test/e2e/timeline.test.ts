import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Id } from '../../src/observe/events/event';
import type { Row } from '../../src/observe/events/row';
import { sizedTo } from '../sizes';
import type { Report } from './report';
import { runFiles } from './run-jest';
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
  'b.test.ts': `
    import { expect, fixture, jest, test } from 'jest-loop';
    fixture('kind', { params: ['x', 'y'] }, async function* (_, { param }: any) { yield param; });
    test('shares', ({ here }: any) => {});
    test.concurrent('one', async ({ beside }: any) => {});
    test.concurrent('two', async ({ beside }: any) => {});
    test('of each kind', ({ kind }: any) => {});
    test.each([[1], [2]])('row %i', (row, { kind }: any) => {});
    jest.retryTimes(1, { retryImmediately: true });
    let attempts: number = 0;
    test('at last', ({ kind }: any) => { attempts++; expect(kind === 'y' || attempts === 2).toBe(true); });`,
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
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly ts?: number;
  readonly id?: string;
}

/** One run with all readers that go together: a trace by the command line, a page by the reporter. */
function observe(args: readonly string[]): Run {
  return inFolder(folder => {
    const file = path.join(folder, 'deep/page.html');
    const json = path.join(folder, 'trace.JSON');
    const log = path.join(folder, 'log');
    const reporters = `reporters: ['default', ['jest-loop/timeline', { file: ${JSON.stringify(file)} }]]`;
    const report = runFiles(
      { ...FILES, ...config(reporters) },
      {
        args: [...args, '--timeline', json, '--durations', '3', '--setup-show'],
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

const PROCESSES: [processes: string, more: string[]][] = [
  ['-w=2', []],
  ['-i', []],
  ['-w=2', ['--workerThreads']],
];
describe.each(sizedTo(1, PROCESSES))('a timeline: %s %j', (arg, more) => {
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
    // Once each: 6 of the first file, 3 others and 8 with values of the second.
    expect(whole!.counts).toEqual({ files: 2, tests: 17, failed: 2 });
    const { share, total } = durationsOf(run.rows, 'own');
    expect(share).toBeCloseTo(total / (whole!.end - whole!.begin) / workers, 2);
  });

  test('a fixture without a teardown has none, however busy the machine is', () => {
    const { fixture, tearDown } = durationsOf(run.rows, 'getter');
    expect(tearDown).toEqual({ total: 0, median: 0, slowest: 0 });
    for (const each of only(run.rows, 'instance').filter(row => row.fixture === fixture))
      expect(each).not.toHaveProperty('tearDown');
    expect(run.trace.traceEvents.some(({ name }) => name === 'tear down getter')).toBe(false);
  });

  test('--durations prints the most expensive as a table', () => {
    const lines = run.report.output.split('\n');
    const from = lines.findIndex(line =>
      /^The 3 most expensive of 7 fixtures, in a run of [\d.]+ .+:$/.test(line),
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
    const nameOf = (id: Id): string => only(run.rows, 'fixture').find(each => each.id === id)!.name;
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
        'at last [x] failed',
        'at last [x] passed',
        'at last [y] passed',
        'is too late failed',
        'of each kind [x] passed',
        'of each kind [y] passed',
        'one passed',
        'plain passed',
        'row 1 [x] passed',
        'row 1 [y] passed',
        'row 2 [x] passed',
        'row 2 [y] passed',
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
    ).toEqual(['a.test.js failed', 'b.test.ts passed']);
    const failed = only(rows, 'test').find(({ titles }) => titles.includes('waits </script>'))!;
    expect(failed.errors![0]!.message.length).toBeLessThan(5000);
  });

  test('no text of the run becomes markup', () => {
    // One stream for each process, and the program.
    expect(run.page.match(/<\/script>/g)).toHaveLength(arg === '-i' ? 2 : 4);
    expect(run.page).not.toContain('<b>');
    expect(run.page).not.toMatch(/\b(src|href)=/);
  });

  test('parameters, rows and retries: each attempt has its own instance', () => {
    const kind = only(run.rows, 'fixture').find(({ name }) => name === 'kind')!;
    const ofKind = only(run.rows, 'instance').filter(({ fixture }) => fixture === kind.id);
    expect(ofKind.map(({ param }) => param).sort()).toEqual([...'xxxxx', ...'yyyy']);
    expect(new Set(ofKind.map(({ requester }) => requester)).size).toBe(9);
    // A retry is the same test.
    expect(durationsOf(run.rows, 'kind')).toMatchObject({ count: 9, tests: 8, askedFirst: 8 });
    const retried = only(run.rows, 'test').filter(({ titles }) => titles.includes('at last [x]'));
    expect(retried.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(
      new Set(only(run.rows, 'test').flatMap(({ titles, at }) => (titles.includes('row 2 [y]') ? at : []))),
    ).toEqual(new Set(['b.test.ts:8']));
  });

  test('--setup-show goes with them', () => {
    const lines = run.report.output.split('\n');
    const piece = lines.slice(lines.indexOf('b.test.ts'), lines.indexOf('', lines.indexOf('b.test.ts')));
    expect(piece.slice(-9)).toEqual([
      '    SETUP    test    kind[x]',
      '        at last [x] (uses kind) failed',
      '    TEARDOWN test    kind[x]',
      '    SETUP    test    kind[x]',
      '        at last [x] (uses kind) passed (attempt 2)',
      '    TEARDOWN test    kind[x]',
      '    SETUP    test    kind[y]',
      '        at last [y] (uses kind) passed',
      '    TEARDOWN test    kind[y]',
    ]);
  });

  test('the trace is valid: spans of a track lie in each other or beside each other', () => {
    const { traceEvents } = run.trace;
    const tracks = new Map<string, TraceEvent[]>();
    const open = new Map<string, number>();
    for (const event of traceEvents) {
      const { name, ph, pid, tid, ts, dur, id } = event;
      expect([typeof name, 'XbeiM'.includes(ph), pid % 1, tid % 1]).toEqual(['string', true, 0, 0]);
      if (ph !== 'M') expect(ts).toBeGreaterThanOrEqual(0);
      if (ph === 'X') {
        expect(dur).toBeGreaterThanOrEqual(0);
        tracks.set(`${pid} ${tid}`, [...(tracks.get(`${pid} ${tid}`) ?? []), event]);
      }
      const key = `${id} ${name}`;
      if (ph === 'b') open.set(key, (open.get(key) ?? 0) + 1);
      if (ph === 'e') open.set(key, open.get(key)! - 1);
    }
    expect([...open.values()].filter(count => count !== 0)).toEqual([]);
    expect(tracks.size).toBeGreaterThan(0);
    for (const track of tracks.values()) {
      const around: number[] = [];
      for (const { ts = 0, dur = 0 } of track.sort((a, b) => a.ts! - b.ts! || b.dur! - a.dur!)) {
        while (around.length > 0 && around.at(-1)! <= ts) around.pop();
        expect(ts + dur).toBeLessThanOrEqual((around.at(-1) ?? Infinity) + 2);
        around.push(ts + dur);
      }
    }
  });

  test('the trace names its lanes', () => {
    const names = run.trace.traceEvents.filter(({ name }) => name === 'process_name');
    expect(names).toHaveLength(arg === '-i' ? 1 : 3);
  });
});
