import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TimedEvent } from '../../../../src/observe/events/event';
import { StreamFolder } from '../../../../src/observe/readers/stream-folder';
import { StreamWriter } from '../../../../src/observe/stream/stream-writer';

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
  expect(new Set([one.idOf(object), one.newId(), two.idOf(object), two.newId()]).size).toBe(4);
  one.name(object, 'x');
  expect(one.idOf(object)).toBe('x');
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

test('an end without its begin, of a damaged stream, is left out', () => {
  fs.writeFileSync(path.join(folder, '1.jsonl'), '[1,0,0,5,{"type":"interrupt"},6,0]\n');
  expect(read(opened(new StreamFolder(folder)))).toEqual(['1 interrupt']);
});
