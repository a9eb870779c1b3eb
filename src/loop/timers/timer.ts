import { worker } from '../../process/store';
import { type PendingWork, placeOf, type WorkOwner } from '../steps/pending-work';
import { currentStep, runIn, type Step } from '../steps/step';
import { sweepOver } from './sweep';

/** A timer's name as its user knows it. */
export type TimerName = 'setTimeout' | 'setInterval' | 'setImmediate';

/** What Node's timers have in common, as far as it matters here. */
interface NodeTimer {
  readonly _destroyed?: boolean;
  readonly [ITEM]?: TimerItem;
  hasRef?(): boolean;
  refresh?(): NodeTimer;
}

type Callback = (this: unknown, ...args: unknown[]) => unknown;
type Start = (callback: Callback, ...args: unknown[]) => NodeTimer;

/** On a handle of Node's: the item that stands for it. */
export const ITEM = Symbol.for('jest-loop.item');

/** From this delay on, ms, a timer always remembers where it was set: that costs less than it waits. */
const LONG = 5;
/** A callback that takes longer, ms, is told of in debug mode. */
const BLOCKING = 100;

/** A timer that code in a Loop has set. */
export class TimerItem implements PendingWork {
  readonly kind = 'timer';
  handle!: NodeTimer;

  constructor(
    public loop: WorkOwner,
    readonly step: Step,
    readonly name: TimerName,
    readonly delay: unknown,
    readonly site: Error | undefined,
  ) {}

  /** Node's own word for a timer that has fired or was cleared. */
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
    this.loop.items.delete(this);
    clear(this.name, this.handle);
  }
}

const nothing = (): void => {};

/** Sets a timer for a step; an inert one where its time is over. */
export function startTimer(
  step: Step,
  name: TimerName,
  callback: Callback,
  rest: unknown[],
  above: (...args: never[]) => unknown,
): NodeTimer {
  const start = worker.real[name] as unknown as Start;
  if (step.givenUp) return inert(start, name, rest);
  const loop = step.loop as WorkOwner | null;
  if (loop === null) return start(callback, ...rest);
  if (loop.closed) return inert(start, name, rest);
  const delay = name === 'setImmediate' ? undefined : rest[0];
  const remembers = loop.debug || loop.tracing || Number(delay) >= LONG;
  const item = new TimerItem(loop, step, name, delay, remembers ? step.capture(above) : undefined);
  const ours = function (this: unknown, ...args: unknown[]): void {
    fire(item, () => callback.apply(this, args));
  };
  const handle = step === currentStep() ? start(ours, ...rest) : runIn(step, () => start(ours, ...rest));
  item.handle = handle;
  Object.defineProperty(handle, ITEM, { value: item });
  if (name === 'setTimeout') Object.defineProperty(handle, 'refresh', REFRESH);
  if (loop.items.size >= loop.sweepAt) sweepOver(loop);
  loop.items.add(item);
  return handle;
}

/** Forgets a timer that was cleared. */
export function forget(handle: unknown): void {
  const item = (handle as NodeTimer | null | undefined)?.[ITEM];
  item?.loop.items.delete(item);
}

/** `timer.refresh()` may set a timer once more that has fired: it belongs to its Loop again. */
const REFRESH: PropertyDescriptor = {
  configurable: true,
  writable: true,
  value: function refresh(this: NodeTimer): NodeTimer {
    const item = this[ITEM];
    if (item !== undefined && isOver(item)) return this;
    (Object.getPrototypeOf(this) as NodeTimer).refresh!.call(this);
    if (item?.alive) item.loop.items.add(item);
    return this;
  },
};

function isOver({ loop, step }: TimerItem): boolean {
  return loop.closed || step.givenUp;
}

/** Calls the callback of a timer whose time has come; nothing where its own is over. */
export function fire(item: TimerItem, call: () => unknown): void {
  if (isOver(item)) {
    item.drop();
    return;
  }
  if (item.name !== 'setInterval') item.loop.items.delete(item);
  const { loop } = item;
  const began = loop.debug ? worker.real.now() : 0;
  try {
    call();
  } catch (error) {
    if (!loop.hasExceptionHandler) throw error;
    const message = `Exception in the callback of ${item.describe()}`;
    loop.report({ message, exception: error, handle: item.handle }, item.step);
  } finally {
    if (loop.debug) reportBlocking(loop, item, worker.real.now() - began);
  }
}

/** Says in debug mode that something kept the thread for itself. */
export function reportBlocking(loop: WorkOwner, item: Omit<PendingWork, 'alive'>, ms: number): void {
  if (ms <= BLOCKING) return;
  const message = `The callback of ${item.describe()} blocked for ${Math.round(ms)} ms${placeOf(item)}`;
  loop.report({ message }, item.step);
}

function inert(start: Start, name: TimerName, rest: unknown[]): NodeTimer {
  const handle = start(nothing, ...rest);
  clear(name, handle);
  return handle;
}

function clear(name: TimerName, handle: NodeTimer): void {
  if (name === 'setImmediate') worker.real.clearImmediate(handle as never);
  else worker.real.clearTimeout(handle as never);
}
