import type { TimedEvent } from '../../../../src/observe/events/event';
import { StreamReader } from '../../../../src/observe/rows/stream-reader';

/** The events in lines, each of which is written at one moment. */
function read(...lines: readonly (readonly object[])[]): object[] {
  const reader = new StreamReader('1', JSON.parse);
  const text = lines.map(events => JSON.stringify([1, 'AA'.repeat(events.length), events]));
  // They may come in several pieces.
  return text.flatMap(line => Array.from(reader.read([line]), withoutTime));
}

const withoutTime = ({ time: _, ...event }: TimedEvent): object => event;

const begin = (test: string, ...titles: string[]): object => ({
  type: 'test-begin',
  test,
  file: 'f',
  titles,
});
const setUp = (instance: string, more: object = {}): object => ({
  type: 'set-up-begin',
  instance,
  fixture: 'db',
  uses: [],
  requester: 't',
  file: 'f',
  ...more,
});
const up = (instance: string, outcome = 'passed'): object => ({ type: 'set-up-end', instance, outcome });
const end = (test: string, uses?: string[]): object => ({
  type: 'test-end',
  test,
  file: 'f',
  outcome: 'passed',
  ...(uses && { uses }),
});

test('a line that was cut has no events, and does not hide the others', () => {
  // 500, 0, 1500, 0
  const line = JSON.stringify([10, 'ofA49CA', [{ type: 'interrupt' }, { type: 'interrupt' }]]);
  const events = [...new StreamReader('1', JSON.parse).read(['', line.slice(0, 20), line])];
  expect(events.map(({ time }) => time)).toEqual([10.5, 12]);
});

test('a test has requested what is set up for it, and uses that', () => {
  const events = read(
    [begin('t', 'block', 'adds'), setUp('i')],
    [up('i'), setUp('j')],
    [up('j'), end('t', ['wide'])],
  );
  expect(events[1]).toEqual({ ...setUp('i'), requestedBy: 'test "block adds"' });
  expect(events.at(-1)).toEqual(end('t', ['wide', 'i', 'j']));
});

test('a test does not use what failed, what outlives its file, and what is set up for others', () => {
  const events = read([
    begin('t', 'a'),
    begin('u', 'b'),
    setUp('failed'),
    up('failed', 'failed'),
    setUp('shared', { file: undefined, requestedBy: 'test "a"' }),
    up('shared'),
    setUp('other', { requester: 'u' }),
    up('other'),
    setUp('hook', { requester: 'h', requestedBy: 'beforeAll hook' }),
    up('hook'),
    end('t'),
    end('u'),
  ]);
  expect(events.slice(-2)).toEqual([end('t'), end('u', ['other'])]);
  expect(events.filter(event => 'requestedBy' in event)).toMatchObject([
    { requestedBy: 'test "a"' },
    { requestedBy: 'test "a"' },
    { requestedBy: 'test "b"' },
    { requestedBy: 'beforeAll hook' },
  ]);
});

test('the begin of a test may be missing in a damaged stream', () => {
  expect(read([setUp('i'), up('i'), end('t')])).toEqual([
    { ...setUp('i'), requestedBy: 'a test' },
    up('i'),
    end('t'),
  ]);
});
