import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HappenedEvent, TimedEvent } from '../../../../src/observe/events/event';
import { MARK } from '../../../../src/observe/events/marks';
import { StreamFolder } from '../../../../src/observe/readers/stream-folder';
import { readNumbers } from '../../../../src/observe/rows/read-numbers';
import { StreamReader } from '../../../../src/observe/rows/stream-reader';
import { NumberText } from '../../../../src/observe/stream/number-text';
import { StreamWriter } from '../../../../src/observe/stream/stream-writer';
import { processState } from '../../../../src/process/process-state';
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
  const line = Buffer.from(`${JSON.stringify([1, 'AA', [{ type: 'body-begin', test: 'ü' }]])}\n`);
  const at = line.indexOf(Buffer.from('ü')) + 1;
  const file = path.join(folder, '1.jsonl');
  fs.writeFileSync(file, line.subarray(0, at));
  expect(read(reader)).toEqual([]);
  fs.appendFileSync(file, line.subarray(at));
  const found: unknown[] = [];
  reader.read(event => found.push(event));
  expect(found).toEqual([{ time: 1, type: 'body-begin', test: 'ü' }]);
});

test('a line is left out that is no JSON, or is another value', () => {
  fs.writeFileSync(
    path.join(folder, '1.jsonl'),
    'null\n[1,0,{"type":"interrupt"}]\n[1,"AA",[{"ty\n[2,"AA",[{"type":"interrupt"}]]\n',
  );
  expect(read(opened(new StreamFolder(folder)))).toEqual(['1 interrupt']);
});

test('an event is written soon, though nothing follows it', async () => {
  const one = writer();
  const reader = opened(new StreamFolder(folder));
  for (let i = 0; i < 10; i++) one.emit({ type: 'interrupt' });
  await sleep(200);
  expect(read(reader)).toHaveLength(11);
});

test('what a busy process emits is written every 100 ms, and not by a late timer as well', async () => {
  const one = writer();
  const begin = performance.now();
  let elapsed = 0;
  // An event in each millisecond, and four turns of the event loop.
  for (let ms = 1; ms <= 480; ms++) {
    while (elapsed < ms) elapsed = performance.now() - begin;
    one.emit({ type: 'interrupt' });
    if (ms % 120 === 0) await sleep(1);
  }
  expect(linesOf().length).toBeLessThanOrEqual(1 + elapsed / 99);
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

/** The numbers without the times, and the values, in each line but the first. */
const linesOf = (): [number[], unknown[]][] =>
  fs
    .readFileSync(path.join(folder, '1.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map(line => {
      const [, numbers, values] = JSON.parse(line) as [number, string, unknown[]];
      return [readNumbers(numbers), values];
    });

test('what a small test with fixtures does takes a few numbers in the stream', () => {
  const one = writer();
  for (const event of FIXTURES) emitQuickly(one, event);
  one.flush();
  const [[numbers, values]] = linesOf() as [[number[], unknown[]]];
  // One begin has no test before it.
  expect(values).toEqual([FIXTURES[0]]);
  expect(numbers).toHaveLength(2 + 6 + 7 + 7 * 3 + 5);
});

test('tests in one block are a number and a title, but for the first one in a line', () => {
  const one = writer();
  const [block, other, inner] = [['block'], ['other'], ['other', 'inner']];
  one.testBegins(3, 2, block, 'a');
  one.testBegins(4, 2, block, '<b>');
  one.testBegins(5, 2, other, 'c');
  one.emit({ type: 'test-begin', test: 6, file: 2, titles: [...other, 'd'], attempt: 2 });
  one.testBegins(7, 2, inner, 'e');
  one.flush();
  one.testBegins(8, 2, inner, 'f');
  one.flush();
  const begun = linesOf().flatMap(([, values]) =>
    values.map(each => (typeof each === 'string' ? each : (each as { test: number }).test)),
  );
  expect(begun).toEqual([3, '<b>', 5, 6, 7, 8]);
  expect(fs.readFileSync(path.join(folder, '1.jsonl'), 'utf8')).not.toContain('<');
  const found: unknown[] = [];
  opened(new StreamFolder(folder)).read(
    event => event.type === 'test-begin' && found.push([event.test, ...event.titles]),
  );
  expect(found).toEqual([
    ['1.3', 'block', 'a'],
    ['1.4', 'block', '<b>'],
    ['1.5', 'other', 'c'],
    ['1.6', 'other', 'd'],
    ['1.7', 'other', 'inner', 'e'],
    ['1.8', 'other', 'inner', 'f'],
  ]);
});

test('an event with many instances, or after a long silence, is read as it was', () => {
  const one = writer();
  const uses = Array.from({ length: 20_000 }, (_, id) => 1000 - 7 * id);
  one.testBegins(3, 2, [], 'a');
  one.setUpBegins(4, 5, 3, 2, uses);
  one.testPassed(3, 2, uses);
  const now = jest.spyOn(processState.real, 'now').mockReturnValue(2 ** 40);
  one.phase(MARK.bodyEnd, 3);
  now.mockRestore();
  one.close();
  open.pop();
  const found = eventsOf('1');
  expect(found.map(({ type }) => type)).toEqual(['test-begin', 'set-up-begin', 'test-end', 'body-end']);
  expect(found[1]).toMatchObject({ uses: uses.map(id => `1.${id}`) });
  expect(found[2]).toMatchObject({ uses: uses.map(id => `1.${id}`) });
  expect(found[3]!.time).toBeGreaterThan(2 ** 40);
});

test('what JSON cannot say fails nobody, and what follows is written', () => {
  const one = writer();
  one.emit({ type: 'interrupt', no: 1n } as HappenedEvent);
  expect(() => one.flush()).not.toThrow();
  one.emit({ type: 'body-begin', test: 3 });
  one.flush();
  expect(eventsOf('1').map(({ type }) => type)).toEqual(['body-begin']);
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
        if (at % 3 === 0) one.emit(event);
        else emitQuickly(one, event);
        if (flushes.includes(at)) one.flush();
      }
      one.close();
      const found = eventsOf('lane');
      fs.rmSync(path.join(folder, 'lane.jsonl'));
      expect(found.map(bare)).toEqual(mixed.map(event => bare(inRun(event))));
    }),
  );
});

/** What a lane has written after its first event. */
const eventsOf = (lane: string): TimedEvent[] =>
  [
    ...new StreamReader(lane, JSON.parse).read(
      fs.readFileSync(path.join(folder, `${lane}.jsonl`), 'utf8').split('\n'),
    ),
  ].slice(1);

const BLOCKS: Record<string, readonly string[]> = {};

const PHASES = {
  'set-up-end': MARK.setUpEnd,
  'body-begin': MARK.bodyBegin,
  'body-end': MARK.bodyEnd,
  'tear-down-begin': MARK.tearDownBegin,
  'tear-down-end': MARK.tearDownEnd,
} as const;

/** The same by the methods for the most frequent events. */
function emitQuickly(one: StreamWriter, event: HappenedEvent): void {
  switch (event.type) {
    case 'test-begin': {
      const around = event.titles.slice(0, -1);
      BLOCKS[around.join()] ??= around;
      one.testBegins(event.test, event.file, BLOCKS[around.join()]!, event.titles.at(-1)!);
      break;
    }
    case 'test-end':
      one.testPassed(event.test, event.file, event.uses ?? []);
      break;
    case 'set-up-begin': {
      const { instance, fixture, requester, file, uses, param } = event;
      if (param === undefined) one.setUpBegins(instance, fixture, requester!, file!, uses);
      else one.emit(event);
      break;
    }
    case 'set-up-end':
    case 'body-begin':
    case 'body-end':
    case 'tear-down-begin':
    case 'tear-down-end':
      one.phase(PHASES[event.type], 'test' in event ? event.test : event.instance);
      break;
    default:
      one.emit(event);
  }
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

function textOf(numbers: readonly number[]): string {
  const text = new NumberText(0, numbers.length);
  for (const each of numbers) text.add(each);
  return text.end();
}

test.each([
  ['refers to a test before the line', [0, MARK.testEnd, 3, 0, 0, MARK.setUpBegin, 1, 1, 1, 1, 0, 0]],
  ['has no value', [0, 0, 0, 0]],
  ['has no numbers any more', [0, 0, 0, MARK.setUpBegin, 1]],
  ['has an unknown mark', [0, 0, 0, 99, 1, 0, 0]],
])('of a damaged stream, an event is left out that %s', (_, numbers) => {
  const text = textOf(numbers);
  const line = [1, text, [{ type: 'interrupt' }]];
  fs.writeFileSync(path.join(folder, '1.jsonl'), `${JSON.stringify(line)}\n`);
  expect(read(opened(new StreamFolder(folder)))).toEqual(['1 interrupt']);
});

test('whole numbers of any size are read as they were written', () => {
  const whole = fc.oneof(
    fc.integer({ min: -40, max: 40 }),
    fc.integer(),
    fc.integer({ min: -(2 ** 51), max: 2 ** 51 }),
  );
  fc.assert(
    fc.property(fc.array(whole), numbers => {
      const text = textOf(numbers);
      expect(text).toMatch(/^[\w+/]*$/);
      expect(readNumbers(text)).toEqual(numbers);
      expect(readNumbers(`${text}!A`)).toEqual(numbers);
    }),
  );
  // One digit for most of them.
  expect(textOf([0, -1, 15, -15])).toBe('ADef');
});
