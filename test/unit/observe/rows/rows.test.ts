import * as fs from 'node:fs';
import * as path from 'node:path';
import type { HappenedEvent, TimedEvent } from '../../../../src/observe/events/event';
import type { Row } from '../../../../src/observe/events/row';
import { Rows } from '../../../../src/observe/rows/rows';

/** The rows of events, one per ms. */
function rowsOf(events: readonly HappenedEvent[]): { readonly added: Row[]; readonly last: Row[] } {
  const added: Row[] = [];
  const rows = new Rows(row => added.push(row), '1.0.0');
  for (const [time, event] of events.entries()) rows.take({ ...event, time } as TimedEvent, '1');
  return { added, last: rows.last() };
}

const BEGUN: readonly HappenedEvent[] = [
  { type: 'lane', lane: '1', pid: 1, worker: 1 },
  { type: 'file-begin', file: 'f', path: '/p/a.test.js', root: '/p' },
  { type: 'test-begin', test: 't', file: 'f', titles: ['a'] },
  { type: 'fixture', fixture: 'd', name: 'db', scope: 'test', requests: [], file: 'f' },
  {
    type: 'set-up-begin',
    instance: 'i',
    fixture: 'd',
    uses: [],
    requester: 't',
    requestedBy: 'test "a"',
    file: 'f',
  },
];

test('a row is added when its part has ended', () => {
  const { added, last } = rowsOf([
    ...BEGUN,
    { type: 'set-up-end', instance: 'i', outcome: 'passed' },
    { type: 'body-begin', test: 't' },
    { type: 'body-end', test: 't' },
    { type: 'tear-down-begin', instance: 'i' },
    { type: 'tear-down-end', instance: 'i', outcome: 'failed', errors: [{ message: 'no' }] },
    { type: 'test-end', test: 't', file: 'f', outcome: 'passed', uses: ['i'] },
    { type: 'file-end', file: 'f', outcome: 'passed' },
  ]);
  expect(added).toMatchObject([
    {
      row: 'instance',
      setUp: { begin: 4, end: 5, outcome: 'passed' },
      tearDown: { begin: 8, end: 9, outcome: 'failed', errors: [{ message: 'no' }] },
    },
    { row: 'test', begin: 2, end: 10, body: [6, 7], uses: ['i'] },
    { row: 'file', path: 'a.test.js', begin: 1, end: 11 },
  ]);
  expect(added).not.toEqual(expect.arrayContaining([expect.objectContaining({ lost: true })]));
  expect(last.map(({ row }) => row)).toEqual(['lane', 'fixture', 'duration', 'run']);
});

test("a test's place is relative to the run, whatever the root of its project", () => {
  const { added } = rowsOf([
    { type: 'run-begin', inBand: true, root: '/run' },
    { type: 'file-begin', file: 'f', path: '/run/one/a.test.js', root: '/run/one' },
    { type: 'test-begin', test: 't', file: 'f', titles: ['a'], at: 'a.test.js:3' },
    { type: 'test-end', test: 't', file: 'f', outcome: 'passed' },
    { type: 'test-begin', test: 'u', file: 'f', titles: ['b'] },
    { type: 'test-end', test: 'u', file: 'f', outcome: 'failed', at: '/elsewhere/b.js:4' },
    { type: 'file-begin', file: 'g', path: 'C:\\far\\two\\a.test.js', root: 'C:\\far' },
    { type: 'test-begin', test: 'v', file: 'g', titles: ['c'], at: 'two/a.test.js:5' },
    { type: 'test-end', test: 'v', file: 'g', outcome: 'passed' },
  ]);
  expect(added.map(row => 'at' in row && row.at)).toEqual([
    'one/a.test.js:3',
    '/elsewhere/b.js:4',
    'two/a.test.js:5',
  ]);
});

test('a fixture in which nothing runs when it goes down has no teardown, and none that lasts', () => {
  const { added, last } = rowsOf([
    ...BEGUN,
    { type: 'set-up-end', instance: 'i', outcome: 'passed' },
    { type: 'tear-down-end', instance: 'i', outcome: 'passed' },
    { type: 'test-end', test: 't', file: 'f', outcome: 'passed', uses: ['i'] },
    { type: 'file-end', file: 'f', outcome: 'passed' },
  ]);
  expect(added[0]).toMatchObject({ row: 'instance', setUp: { begin: 4, end: 5 } });
  expect(added[0]).not.toHaveProperty('tearDown');
  expect(last.find(({ row }) => row === 'duration')).toMatchObject({
    total: 1,
    setUp: { total: 1, median: 1, slowest: 1 },
    tearDown: { total: 0, median: 0, slowest: 0 },
    share: 1 / 8,
  });
});

test('what has not ended is lost, and a note says so', () => {
  const { added, last } = rowsOf(BEGUN);
  expect(added).toEqual([]);
  expect(last).toMatchObject([
    { row: 'file', lost: true, end: 4, outcome: 'failed' },
    { row: 'test', lost: true, end: 4, outcome: 'failed' },
    { row: 'instance', setUp: { lost: true, end: 4 } },
    { row: 'note', text: 'worker 1 ended before its test file did: its last events are missing.' },
    { row: 'lane' },
    { row: 'fixture' },
    { row: 'run', counts: { files: 0, tests: 0, failed: 0 } },
  ]);
});

test('the sample for the page has every kind of row', () => {
  const sample = fs.readFileSync(path.join(__dirname, '../sample.json'), 'utf8');
  const kinds = new Set((JSON.parse(sample) as Row[]).map(({ row }) => row));
  expect([...kinds].sort()).toEqual([
    'duration',
    'file',
    'fixture',
    'hook',
    'instance',
    'interrupt',
    'lane',
    'note',
    'run',
    'stand-in',
    'stands-for',
    'test',
    'time-limit',
    'wait',
  ]);
});

test('of a test and its retries the first attempt alone has asked first, by hooks of its own too', () => {
  const setUp = (instance: string, requester: string): HappenedEvent[] => [
    { ...BEGUN[4]!, instance, requester, requestedBy: 'beforeEach hook' } as HappenedEvent,
    { type: 'set-up-end', instance, outcome: 'passed' },
  ];
  const attempt = (id: string, number?: number, first?: string): HappenedEvent[] => [
    { type: 'test-begin', test: id, file: 'f', titles: ['a'], attempt: number, first },
    { type: 'hook-begin', hook: `h${id}`, file: 'f', kind: 'beforeEach', test: id },
    ...setUp(`i${id}`, `h${id}`),
    { type: 'hook-end', hook: `h${id}`, outcome: 'passed' },
    {
      type: 'test-end',
      test: id,
      file: 'f',
      outcome: number === undefined ? 'failed' : 'passed',
      uses: [`i${id}`],
    },
  ];
  const { last } = rowsOf([
    ...BEGUN.filter(({ type }) => type !== 'test-begin' && type !== 'set-up-begin'),
    ...attempt('1'),
    ...attempt('2', 2, '1'),
    ...attempt('3'),
  ]);
  expect(last).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ row: 'duration', count: 3, tests: 2, askedFirst: 2 }),
      expect.objectContaining({ row: 'run', counts: { files: 0, tests: 2, failed: 1 } }),
    ]),
  );
});

/** One attempt of a test that sets nothing up. */
const attemptOf = (
  test: string,
  first: string | undefined,
  failed: boolean,
  uses: string[],
): HappenedEvent[] => [
  { type: 'test-begin', test, file: 'f', titles: ['a'], ...(first !== undefined && { attempt: 2, first }) },
  { type: 'test-end', test, file: 'f', outcome: failed ? 'failed' : 'passed', uses },
];

test('a test uses what any of its attempts uses, and counts once', () => {
  const setUp: readonly HappenedEvent[] = [
    { type: 'set-up-begin', instance: 'j', fixture: 'd', uses: [], requester: 'r', file: 'f' },
    { type: 'set-up-end', instance: 'j', outcome: 'passed' },
  ];
  const [begin, end] = attemptOf('r', 't', false, ['j']);
  const { last } = rowsOf([
    ...BEGUN.slice(0, 2),
    BEGUN[3]!,
    ...attemptOf('t', undefined, true, []),
    begin!,
    ...setUp,
    end!,
    ...attemptOf('u', undefined, true, ['j']),
    ...attemptOf('v', 'u', true, ['j']),
    ...attemptOf('w', 'u', false, ['j']),
    { type: 'file-end', file: 'f', outcome: 'passed' },
  ]);
  expect(last.filter(({ row }) => row === 'duration' || row === 'run')).toMatchObject([
    { row: 'duration', count: 1, tests: 2, askedFirst: 1 },
    { row: 'run', counts: { files: 1, tests: 2, failed: 0 } },
  ]);
});

test('a test that runs again after it has passed may fail', () => {
  const { last } = rowsOf([
    ...BEGUN.slice(0, 2),
    ...attemptOf('t', undefined, false, []),
    ...attemptOf('u', 't', false, []),
    ...attemptOf('v', 't', true, []),
    { type: 'file-end', file: 'f', outcome: 'failed' },
  ]);
  expect(last.at(-1)).toMatchObject({ counts: { files: 1, tests: 1, failed: 1 } });
});
