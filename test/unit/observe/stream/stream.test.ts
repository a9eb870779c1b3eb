import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HappenedEvent, TimedEvent } from '../../../../src/observe/events/event';
import { StreamFolder } from '../../../../src/observe/readers/stream-folder';
import { StreamReader } from '../../../../src/observe/rows/stream-reader';
import { StreamWriter } from '../../../../src/observe/stream/stream-writer';
import * as fc from '../../../fast-check';

let folder: string;
const open: { close(): void }[] = [];
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'stream-'));
});
afterEach(() => {
  for (const each of open.splice(0)) each.close();
  fs.rmSync(folder, { recursive: true });
});

function opened<T extends { close(): void }>(each: T): T {
  open.push(each);
  return each;
}

const writer = (lane = '1'): StreamWriter => opened(new StreamWriter(folder, lane, { pid: 7 }));
const read = (from: StreamFolder): string[] => {
  const found: string[] = [];
  from.read((event: TimedEvent, lane) => found.push(`${lane} ${event.type}`));
  return found;
};

test('a reader follows what is written, and reads nothing twice', () => {
  const one = writer();
  const reader = opened(new StreamFolder(folder));
  expect(read(reader)).toEqual(['1 lane']);
  one.emit({ type: 'body-begin', test: 'a' });
  one.emit({ type: 'interrupt' });
  one.flush();
  expect(read(reader)).toEqual(['1 body-begin', '1 interrupt']);
  expect(read(reader)).toEqual([]);
});

test('the events of several processes come in the order in which they happened', async () => {
  const [one, two] = [writer('1'), writer('2')];
  for (const each of [two, one, two]) {
    await sleep(2);
    each.emit({ type: 'body-begin', test: each.lane });
  }
  one.flush();
  two.flush();
  expect(read(opened(new StreamFolder(folder))).filter(each => !each.endsWith('lane'))).toEqual([
    '2 body-begin',
    '1 body-begin',
    '2 body-begin',
  ]);
});

test('half a line waits for the other half, also within a character', () => {
  const reader = opened(new StreamFolder(folder));
  const line = Buffer.from(`${JSON.stringify([1, 0, { type: 'body-begin', test: 'ü' }])}\n`);
  const at = line.indexOf(Buffer.from('ü')) + 1;
  const file = path.join(folder, '1.jsonl');
  fs.writeFileSync(file, line.subarray(0, at));
  expect(read(reader)).toEqual([]);
  fs.appendFileSync(file, line.subarray(at));
  const found: unknown[] = [];
  reader.read(event => found.push(event));
  expect(found).toEqual([{ time: 1, type: 'body-begin', test: 'ü' }]);
});

test('a line that is no JSON is left out', () => {
  fs.writeFileSync(path.join(folder, '1.jsonl'), '[1,0,{"ty\n[2,0,{"type":"interrupt"}]\n');
  expect(read(opened(new StreamFolder(folder)))).toEqual(['1 interrupt']);
});

test('an event is written soon, though nothing follows it', async () => {
  const one = writer();
  const reader = opened(new StreamFolder(folder));
  for (let i = 0; i < 10; i++) one.emit({ type: 'interrupt' });
  await sleep(200);
  expect(read(reader)).toHaveLength(11);
});

test('ids are the same for the same object, and unique', () => {
  const [one, two] = [writer('1'), writer('2')];
  const object = {};
  expect(one.idOf(object)).toBe(one.idOf(object));
  const ids = [one.outside(one.idOf(object)), one.outside(one.newId()), two.outside(two.newId())];
  expect(new Set(ids).size).toBe(3);
  one.name(object, 'x');
  expect(one.outside(one.idOf(object))).toBe('x');
});

test('an end that follows from its begin takes a number in the stream, and is read as it was', () => {
  const one = writer();
  const setUp = (instance: string): void =>
    one.emit({ type: 'set-up-begin', instance, fixture: 'f', uses: [], requestedBy: 'test "a"' });
  const small = (test: string): void => one.emit({ type: 'test-begin', test, file: 'file', titles: [test] });
  setUp('i');
  one.emit({ type: 'set-up-end', instance: 'i', outcome: 'passed' });
  one.emit({ type: 'body-begin', test: 't' });
  one.emit({ type: 'body-end', test: 't' });
  one.emit({ type: 'tear-down-begin', instance: 'i' });
  one.emit({ type: 'tear-down-end', instance: 'i', outcome: 'passed' });
  small('s');
  one.emit({ type: 'test-end', test: 's', file: 'file', outcome: 'passed' });
  one.flush();
  expect(fs.readFileSync(path.join(folder, '1.jsonl'), 'utf8')).not.toContain('-end');
  // Others do not follow: of another instance, failed, after something else, or in another line.
  setUp('j');
  setUp('k');
  one.emit({ type: 'set-up-end', instance: 'j', outcome: 'passed' });
  one.emit({ type: 'set-up-end', instance: 'k', outcome: 'failed', error: { message: 'no' } });
  one.emit({ type: 'tear-down-begin', instance: 'j' });
  one.flush();
  one.emit({ type: 'tear-down-end', instance: 'j', outcome: 'passed' });
  small('u');
  one.emit({ type: 'test-end', test: 'u', file: 'file', outcome: 'passed', uses: ['i'] });
  small('v');
  one.emit({ type: 'test-end', test: 'v', file: 'file', outcome: 'skipped' });
  one.flush();
  const ends: object[] = [];
  opened(new StreamFolder(folder)).read(({ time: _, ...event }) => {
    if (event.type.endsWith('-end')) ends.push(event);
  });
  expect(ends).toEqual([
    { type: 'set-up-end', instance: 'i', outcome: 'passed' },
    { type: 'body-end', test: 't' },
    { type: 'tear-down-end', instance: 'i', outcome: 'passed' },
    { type: 'test-end', test: 's', file: 'file', outcome: 'passed' },
    { type: 'set-up-end', instance: 'j', outcome: 'passed' },
    { type: 'set-up-end', instance: 'k', outcome: 'failed', error: { message: 'no' } },
    { type: 'tear-down-end', instance: 'j', outcome: 'passed' },
    { type: 'test-end', test: 'u', file: 'file', outcome: 'passed', uses: ['i'] },
    { type: 'test-end', test: 'v', file: 'file', outcome: 'skipped' },
  ]);
});

/** A test with two fixtures; the first one uses the instance 1 of its file. */
const FIXTURES: HappenedEvent[] = [
  { type: 'test-begin', test: 3, file: 2, titles: ['a'] },
  { type: 'set-up-begin', instance: 5, fixture: 6, uses: [1], requester: 3, file: 2 },
  { type: 'set-up-end', instance: 5, outcome: 'passed' },
  { type: 'set-up-begin', instance: 7, fixture: 8, uses: [5, 1], requester: 3, file: 2 },
  { type: 'set-up-end', instance: 7, outcome: 'passed' },
  { type: 'body-begin', test: 3 },
  { type: 'body-end', test: 3 },
  { type: 'tear-down-begin', instance: 7 },
  { type: 'tear-down-end', instance: 7, outcome: 'passed' },
  { type: 'tear-down-end', instance: 5, outcome: 'passed' },
  { type: 'test-end', test: 3, file: 2, outcome: 'passed', uses: [1] },
];

test('what a small test with fixtures does takes a few numbers in the stream', () => {
  const one = writer();
  for (const event of FIXTURES) one.emit(event);
  one.flush();
  const [, line] = fs.readFileSync(path.join(folder, '1.jsonl'), 'utf8').trim().split('\n');
  const events = (JSON.parse(line!) as unknown[]).slice(1).filter((_, at) => at % 2 === 1);
  expect(events).toEqual([
    FIXTURES[0],
    [5, 6, 1],
    0,
    [7, 8, 5, 1],
    0,
    -1,
    0,
    7,
    0,
    { type: 'tear-down-end', instance: 5, outcome: 'passed' },
    [0, 1],
  ]);
});

test('tests in one block are a number and a title, but for the first one in a line', () => {
  const one = writer();
  const small = (test: number, titles: string[], more: object = {}): void =>
    one.emit({ type: 'test-begin', test, file: 2, titles, ...more });
  small(3, ['block', 'a']);
  small(4, ['block', '<b>']);
  small(5, ['other', 'c']);
  small(6, ['other', 'd'], { attempt: 2 });
  small(7, ['other', 'inner', 'e']);
  one.flush();
  small(8, ['other', 'inner', 'f']);
  one.flush();
  const lines = fs.readFileSync(path.join(folder, '1.jsonl'), 'utf8').trim().split('\n').slice(1);
  const events = lines.flatMap(line =>
    (JSON.parse(line) as unknown[]).slice(1).filter((_, at) => at % 2 === 1),
  );
  expect(events.map(each => (Array.isArray(each) ? each : (each as { test: number }).test))).toEqual([
    3,
    [4, '<b>'],
    5,
    6,
    7,
    8,
  ]);
  const found: unknown[] = [];
  opened(new StreamFolder(folder)).read(event => event.type === 'test-begin' && found.push(event.titles));
  expect(found).toEqual([
    ['block', 'a'],
    ['block', '<b>'],
    ['other', 'c'],
    ['other', 'd'],
    ['other', 'inner', 'e'],
    ['other', 'inner', 'f'],
  ]);
});

test('the times of events add up', () => {
  const one = writer();
  const times = Array.from({ length: 50 }, () => {
    one.emit({ type: 'interrupt' });
    return one.now();
  });
  one.flush();
  const found: number[] = [];
  opened(new StreamFolder(folder)).read(({ type, time }) => void (type === 'interrupt' && found.push(time)));
  // `now` is asked after the event. Times are in µs.
  for (const [i, time] of times.entries()) {
    expect(found[i]!).toBeLessThanOrEqual(time + 0.002);
    if (i > 0) expect(found[i]!).toBeGreaterThanOrEqual(times[i - 1]! - 0.002);
  }
});

test('whatever happens between, events are read as they were, with ids of the run', () => {
  const blocks = FIXTURES.filter(each => each.type === 'test-begin').flatMap(each =>
    ['block', 'other'].map((block, at) => ({ ...each, test: 50 + at, titles: [block, 'b'] })),
  );
  const set = fc.subarray([...FIXTURES, ...FIXTURES.map(moved), ...blocks], { minLength: 1 });
  fc.assert(
    fc.property(set, fc.array(fc.nat(20)), (events, flushes) => {
      const inTurn = events.map((event, at) => [(at * 7) % events.length, event] as const);
      const mixed = inTurn.sort(([a], [b]) => a - b).map(([, event]) => event);
      const one = new StreamWriter(folder, 'lane', { pid: 7 });
      for (const [at, event] of mixed.entries()) {
        if (at % 2 === 0) one.emit(event);
        else emitQuickly(one, event);
        if (flushes.includes(at)) one.flush();
      }
      one.close();
      const lines = fs.readFileSync(path.join(folder, 'lane.jsonl'), 'utf8').split('\n');
      fs.rmSync(path.join(folder, 'lane.jsonl'));
      const found = [...new StreamReader('lane', JSON.parse).read(lines)].slice(1);
      expect(found.map(bare)).toEqual(mixed.map(event => bare(inRun(event))));
    }),
  );
});

/** The same by the methods for the most frequent events. */
function emitQuickly(one: StreamWriter, event: HappenedEvent): void {
  if (event.type === 'tear-down-begin') one.tearDownBegins(event.instance);
  else if (event.type === 'set-up-end') one.passed('set-up', event.instance);
  else if (event.type === 'tear-down-end') one.passed('tear-down', event.instance);
  else one.emit(event);
}

/** The same in another test of the file, with a parameter. */
function moved(event: HappenedEvent): HappenedEvent {
  const text = JSON.stringify(event).replace(/\d+/g, id => (id === '2' ? id : String(Number(id) + 20)));
  const other = JSON.parse(text) as HappenedEvent;
  return other.type === 'set-up-begin' && other.instance === 27 ? { ...other, param: 'x' } : other;
}

/** With the ids that readers see. */
function inRun(event: HappenedEvent): HappenedEvent {
  return JSON.parse(JSON.stringify(event).replace(/(?<=[:[,])\d+/g, '"lane.$&"')) as HappenedEvent;
}

/** Without what a reader adds: the time, and what follows from several events. */
function bare(event: HappenedEvent): object {
  const {
    time: _,
    requestedBy: __,
    ...rest
  } = event as HappenedEvent & { time?: number; requestedBy?: string };
  return event.type === 'test-end' ? { ...rest, uses: undefined } : rest;
}

test('an end without its begin, of a damaged stream, is left out', () => {
  fs.writeFileSync(path.join(folder, '1.jsonl'), '[1,0,0,5,{"type":"interrupt"},6,0]\n');
  expect(read(opened(new StreamFolder(folder)))).toEqual(['1 interrupt']);
});
