import type { HappenedEvent, Id, SetUpBegin, TestBegin } from './event';

/*
 * Most of a stream is small tests with small fixtures, whose events follow from the innermost phase that has begun and
 * not ended: a test, a set-up, a body or a teardown. In a stream such an event is short:
 *
 *     [4, "adds"]                 test 4 of that title begins, in the same block as the test before it
 *     0                           the innermost phase has ended well
 *     [0, ...uses]                the same of a test that used these instances, too
 *     -1                          the body of that test begins
 *     5                           the teardown of instance 5 begins
 *     [5, fixture, ...uses]       the set-up of instance 5 for that test begins
 */
export type ShortEvent = number | readonly Id[];

export const PLAIN_END = 0;
const BODY = -1;

/** What begins and ends. */
export type Phase = 'test' | 'set-up' | 'body' | 'tear-down';

/** What has begun and not ended in one line of a stream. Each line stands alone: one before it may be lost. */
export class Begun {
  /** The last test that has begun. */
  lastTest: Pick<TestBegin, 'file' | 'titles'> | undefined;
  readonly #phases: Phase[] = [];
  /** Of tests, or of instances. */
  readonly #ids: Id[] = [];
  /** The files of tests. */
  readonly #files: (Id | undefined)[] = [];

  get phase(): Phase | undefined {
    return this.#phases.at(-1);
  }

  get id(): Id | undefined {
    return this.#ids.at(-1);
  }

  get file(): Id | undefined {
    return this.#files.at(-1);
  }

  begin(phase: Phase, id: Id, file?: Id): void {
    this.#phases.push(phase);
    this.#ids.push(id);
    this.#files.push(file);
  }

  /** It has ended; whether it was the innermost. */
  end(phase: Phase, id: Id): boolean {
    const last = this.#ids.length - 1;
    let at = last;
    while (at >= 0 && (this.#ids[at] !== id || this.#phases[at] !== phase)) at--;
    if (at < 0) return false;
    for (const each of [this.#phases, this.#ids, this.#files]) {
      if (at === last) each.pop();
      else each.splice(at, 1);
    }
    return at === last;
  }

  clear(): void {
    this.lastTest = undefined;
    this.#phases.length = 0;
    this.#ids.length = 0;
    this.#files.length = 0;
  }
}

/** Notes an event. Gives its short form, or itself where it has none. */
export function shortened(event: HappenedEvent, begun: Begun): HappenedEvent | ShortEvent {
  switch (event.type) {
    case 'test-begin': {
      const { test, file, titles } = event;
      const short = isBeside(event, begun) ? [test, titles.at(-1)!] : event;
      begun.begin('test', test, file);
      begun.lastTest = event;
      return short;
    }
    case 'set-up-begin': {
      const short = isPlain(event, begun) ? [event.instance, event.fixture, ...event.uses] : event;
      begun.begin('set-up', event.instance);
      return short;
    }
    case 'body-begin': {
      const isInnermost = begun.phase === 'test' && begun.id === event.test;
      begun.begin('body', event.test);
      return isInnermost ? BODY : event;
    }
    case 'tear-down-begin':
      begun.begin('tear-down', event.instance);
      return typeof event.instance === 'number' ? event.instance : event;
    case 'set-up-end':
      return begun.end('set-up', event.instance) && event.outcome === 'passed' ? PLAIN_END : event;
    case 'body-end':
      return begun.end('body', event.test) ? PLAIN_END : event;
    case 'tear-down-end':
      return begun.end('tear-down', event.instance) && event.outcome === 'passed' ? PLAIN_END : event;
    case 'test-end': {
      const { test, outcome, uses, at } = event;
      if (!begun.end('test', test) || outcome !== 'passed' || at !== undefined) return event;
      return uses === undefined ? PLAIN_END : [PLAIN_END, ...uses];
    }
    default:
      return event;
  }
}

/** Whether all but its title follows from the test before it. */
function isBeside({ test, file, titles, attempt, concurrent, at }: TestBegin, { lastTest }: Begun): boolean {
  if (lastTest?.file !== file || lastTest.titles.length !== titles.length) return false;
  for (let i = 0; i < titles.length - 1; i++) if (titles[i] !== lastTest.titles[i]) return false;
  const plain = attempt === undefined && concurrent === undefined && at === undefined;
  return plain && typeof test === 'number';
}

function isPlain({ fixture, requester, file, param, requestedBy, by }: SetUpBegin, begun: Begun): boolean {
  return (
    begun.phase === 'test' &&
    typeof fixture === 'number' &&
    requester === begun.id &&
    file === begun.file &&
    param === undefined &&
    requestedBy === undefined &&
    by === undefined
  );
}

/** The event that a short one stands for; undefined where the stream is damaged. */
export function expanded(short: ShortEvent, begun: Begun): HappenedEvent | undefined {
  const { phase, id, file, lastTest } = begun;
  if (typeof short !== 'number') {
    const [first, fixture, ...uses] = short;
    if (first === PLAIN_END) return plainEnd(begun, short.slice(1));
    if (first === undefined || fixture === undefined) return undefined;
    if (typeof fixture === 'string') {
      const titles = lastTest && [...lastTest.titles.slice(0, -1), fixture];
      return titles && { type: 'test-begin', test: first, file: lastTest.file, titles };
    }
    if (phase !== 'test') return undefined;
    return { type: 'set-up-begin', instance: first, fixture, uses, requester: id!, file: file! };
  }
  if (short === PLAIN_END) return plainEnd(begun);
  if (short > 0) return { type: 'tear-down-begin', instance: short };
  return phase === 'test' ? { type: 'body-begin', test: id! } : undefined;
}

function plainEnd({ phase, id, file }: Begun, uses?: readonly Id[]): HappenedEvent | undefined {
  switch (phase) {
    case 'set-up':
      return { type: 'set-up-end', instance: id!, outcome: 'passed' };
    case 'body':
      return { type: 'body-end', test: id! };
    case 'tear-down':
      return { type: 'tear-down-end', instance: id!, outcome: 'passed' };
    case 'test':
      return { type: 'test-end', test: id!, file: file!, outcome: 'passed', ...(uses && { uses }) };
    default:
      return undefined;
  }
}
