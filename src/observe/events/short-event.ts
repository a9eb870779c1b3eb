import type { HappenedEvent, Id, SetUpBegin, TestBegin } from './event';

/*
 * Most of a stream is small tests with small fixtures, whose events follow from the innermost phase that has begun and
 * not ended: a test, a set-up, a body or a teardown. In a stream such an event is short:
 *
 *     0                           the innermost phase has ended well
 *     [0, ...uses]                the same of a test that used these instances, too
 *     -1                          the body of that test begins
 *     5                           the teardown of instance 5 begins
 *     [5, fixture, ...uses]       the set-up of instance 5 for that test begins
 */
export type ShortEvent = number | readonly Id[];

const END = 0;
const BODY = -1;

/** The begin of something that ends. */
type Begin = Extract<
  HappenedEvent,
  { type: 'test-begin' | 'set-up-begin' | 'body-begin' | 'tear-down-begin' }
>;
type End = Extract<HappenedEvent, { type: 'test-end' | 'set-up-end' | 'body-end' | 'tear-down-end' }>;

/** What has begun and not ended in one line of a stream. Each line stands alone: one before it may be lost. */
export class Begun {
  readonly #begun: Begin[] = [];

  get innermost(): Begin | undefined {
    return this.#begun.at(-1);
  }

  note(event: HappenedEvent): void {
    switch (event.type) {
      case 'test-begin':
      case 'set-up-begin':
      case 'body-begin':
      case 'tear-down-begin':
        this.#begun.push(event);
        break;
      case 'test-end':
      case 'set-up-end':
      case 'body-end':
      case 'tear-down-end': {
        let at = this.#begun.length - 1;
        while (at >= 0 && !ends(this.#begun[at]!, event)) at--;
        if (at === this.#begun.length - 1) this.#begun.pop();
        else if (at >= 0) this.#begun.splice(at, 1);
      }
    }
  }

  clear(): void {
    this.#begun.length = 0;
  }
}

function ends(begin: Begin, end: End): boolean {
  switch (end.type) {
    case 'set-up-end':
      return begin.type === 'set-up-begin' && begin.instance === end.instance;
    case 'tear-down-end':
      return begin.type === 'tear-down-begin' && begin.instance === end.instance;
    case 'body-end':
      return begin.type === 'body-begin' && begin.test === end.test;
    case 'test-end':
      return begin.type === 'test-begin' && begin.test === end.test;
  }
}

/** The short form of an event, or itself where it has none. */
export function shortened(event: HappenedEvent, innermost: Begin | undefined): HappenedEvent | ShortEvent {
  switch (event.type) {
    case 'tear-down-begin':
      return typeof event.instance === 'number' ? event.instance : event;
    case 'body-begin':
      return innermost?.type === 'test-begin' && innermost.test === event.test ? BODY : event;
    case 'set-up-begin':
      return innermost?.type === 'test-begin' && isPlain(event, innermost)
        ? [event.instance, event.fixture, ...event.uses]
        : event;
    case 'body-end':
      return innermost !== undefined && ends(innermost, event) ? END : event;
    case 'set-up-end':
    case 'tear-down-end':
    case 'test-end':
      if (event.outcome !== 'passed' || innermost === undefined || !ends(innermost, event)) return event;
      if (event.type !== 'test-end') return END;
      if (event.at !== undefined) return event;
      return event.uses === undefined ? END : [END, ...event.uses];
    default:
      return event;
  }
}

function isPlain({ requester, file, param, requestedBy, by }: SetUpBegin, test: TestBegin): boolean {
  return (
    requester === test.test &&
    file === test.file &&
    param === undefined &&
    requestedBy === undefined &&
    by === undefined
  );
}

/** The event that a short one stands for; undefined where the stream is damaged. */
export function expanded(short: ShortEvent, innermost: Begin | undefined): HappenedEvent | undefined {
  if (typeof short === 'number') {
    if (short > 0) return { type: 'tear-down-begin', instance: short };
    if (short === BODY)
      return innermost?.type === 'test-begin' ? { type: 'body-begin', test: innermost.test } : undefined;
    return plainEnd(innermost);
  }
  const [first, fixture, ...uses] = short;
  if (first === END) return plainEnd(innermost, short.slice(1));
  if (innermost?.type !== 'test-begin' || first === undefined || fixture === undefined) return undefined;
  const { test: requester, file } = innermost;
  return { type: 'set-up-begin', instance: first, fixture, uses, requester, file };
}

function plainEnd(begin: Begin | undefined, uses?: readonly Id[]): HappenedEvent | undefined {
  switch (begin?.type) {
    case 'set-up-begin':
      return { type: 'set-up-end', instance: begin.instance, outcome: 'passed' };
    case 'body-begin':
      return { type: 'body-end', test: begin.test };
    case 'tear-down-begin':
      return { type: 'tear-down-end', instance: begin.instance, outcome: 'passed' };
    case 'test-begin':
      return {
        type: 'test-end',
        test: begin.test,
        file: begin.file,
        outcome: 'passed',
        ...(uses && { uses }),
      };
    default:
      return undefined;
  }
}
