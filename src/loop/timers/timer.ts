import { processState } from '../../process/process-state';
import { type PendingWork, placeOf, type WorkOwner } from '../steps/pending-work';
import { currentStep, runIn, type Step } from '../steps/step';
import { sweepEnded } from './sweep';

/** The public name of a timer function. */
export type TimerName = 'setTimeout' | 'setInterval' | 'setImmediate';

/** The common part of Node's timers that matters here. */
interface NodeTimer {
  readonly _destroyed?: boolean;
  readonly [TIMER]?: PendingTimer;
  hasRef?(): boolean;
  refresh?(): NodeTimer;
}

type Callback = (this: unknown, ...args: unknown[]) => unknown;
type Start = (callback: Callback, ...args: unknown[]) => NodeTimer;

/** On a handle of Node's: the pending timer. */
export const TIMER = Symbol.for('jest-loop.timer');

/** From this delay on, ms, a timer always records where it was set: that costs less than the wait. */
const LONG = 5;
/** Debug mode reports callbacks that take longer, ms. */
const BLOCKING = 100;

/** A timer set by code in a Loop. */
export class PendingTimer implements PendingWork {
  readonly kind = 'timer';
  handle!: NodeTimer;

  constructor(
    public loop: WorkOwner,
    readonly step: Step,
    readonly name: TimerName,
    readonly delay: unknown,
    readonly site: Error | undefined,
  ) {}

  /** Node's own flag for a timer that has fired or was cleared. */
  get alive(): boolean {
    return this.handle._destroyed !== true;
  }

  describe(): string {
    return this.name === 'setImmediate' ? 'setImmediate(fn)' : `${this.name}(fn, ${String(this.delay)})`;
  }

  cancel(): void {
    this.drop();
  }

  drop(): void {
    this.loop.pending.delete(this);
    clear(this.name, this.handle);
  }

  /** Its handle is being cleared. Whether that is all: Node does not know the handle. */
  cleared(): boolean {
    this.loop.pending.delete(this);
    return false;
  }
}

const nothing = (): void => {};

/** Sets a timer for a step; an inert one if the step or its Loop has ended. */
export function startTimer(
  step: Step,
  name: TimerName,
  callback: Callback,
  rest: unknown[],
  above: (...args: never[]) => unknown,
): unknown {
  const start = processState.real[name] as unknown as Start;
  if (step.givenUp) return inert(start, name, rest);
  const loop = step.loop as WorkOwner | null;
  if (loop === null) {
    const timer = start(callback, ...rest);
    if (name !== 'setImmediate') processState.realWork?.timerSet(timer, rest[0]);
    return timer;
  }
  if (loop.closed) return inert(start, name, rest);
  if (loop.backend !== undefined) return loop.backend.startTimer({ step, name, callback, rest, above });
  const delay = name === 'setImmediate' ? undefined : rest[0];
  const remembers = loop.debug || loop.tracing || Number(delay) >= LONG;
  const timer = new PendingTimer(loop, step, name, delay, remembers ? step.capture(above) : undefined);
  const ours = function (this: unknown, ...args: unknown[]): void {
    fire(timer, () => callback.apply(this, args));
  };
  const handle = step === currentStep() ? start(ours, ...rest) : runIn(step, () => start(ours, ...rest));
  timer.handle = handle;
  Object.defineProperty(handle, TIMER, { value: timer });
  if (name === 'setTimeout') Object.defineProperty(handle, 'refresh', REFRESH);
  if (loop.pending.size >= loop.sweepAt) sweepEnded(loop);
  loop.pending.add(timer);
  return handle;
}

/** Forgets a cleared timer. Returns whether that is all: its handle is none of Node's. */
export function forget(handle: unknown): boolean {
  const timer = (handle as NodeTimer | null | undefined)?.[TIMER] ?? byNumber(handle);
  return timer?.cleared() ?? false;
}

/** A timer of a backend whose handle is a number, or was made one. */
function byNumber(handle: unknown): PendingTimer | undefined {
  const known = processState.numbered as ReadonlyMap<number, PendingTimer> | undefined;
  return known === undefined || typeof handle === 'object' ? undefined : known.get(Number(handle));
}

/** `timer.refresh()` may restart a timer that has fired: it belongs to its Loop again. */
const REFRESH: PropertyDescriptor = {
  configurable: true,
  writable: true,
  value: function refresh(this: NodeTimer): NodeTimer {
    const timer = this[TIMER];
    if (timer !== undefined && isOver(timer)) return this;
    (Object.getPrototypeOf(this) as NodeTimer).refresh!.call(this);
    if (timer?.alive) timer.loop.pending.add(timer);
    return this;
  },
};

function isOver({ loop, step }: PendingTimer): boolean {
  return loop.closed || step.givenUp;
}

/** Calls a timer's callback, unless its step or Loop has ended. */
export function fire(timer: PendingTimer, call: () => unknown): void {
  if (isOver(timer)) {
    timer.drop();
    return;
  }
  if (timer.name !== 'setInterval') timer.loop.pending.delete(timer);
  const { loop } = timer;
  const began = loop.debug ? processState.real.now() : 0;
  try {
    call();
  } catch (error) {
    if (!loop.hasExceptionHandler) throw error;
    const message = `Exception in the callback of ${timer.describe()}`;
    loop.report({ message, exception: error, handle: timer.handle }, timer.step);
  } finally {
    if (loop.debug) reportBlocking(loop, timer, processState.real.now() - began);
  }
}

/** Reports in debug mode that a callback blocked the thread. */
export function reportBlocking(loop: WorkOwner, work: Omit<PendingWork, 'alive'>, ms: number): void {
  if (ms <= BLOCKING) return;
  const message = `The callback of ${work.describe()} blocked for ${Math.round(ms)} ms${placeOf(work)}`;
  loop.report({ message }, work.step);
}

function inert(start: Start, name: TimerName, rest: unknown[]): NodeTimer {
  const handle = start(nothing, ...rest);
  clear(name, handle);
  return handle;
}

function clear(name: TimerName, handle: NodeTimer): void {
  if (name === 'setImmediate') processState.real.clearImmediate(handle as never);
  else processState.real.clearTimeout(handle as never);
}
