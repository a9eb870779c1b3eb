import type { TimerRequest } from '../loop/steps/backend';
import type { WorkOwner } from '../loop/steps/pending-work';
import { currentStep, runIn } from '../loop/steps/step';
import { fire, PendingTimer, TIMER } from '../loop/timers/timer';
import { worker } from '../process/store';
import type { Scheduler } from './scheduler';
import type { Work } from './work';

/** Node fires a timer with a longer delay after 1 ms. */
const LONGEST = 2 ** 31 - 1;
/** From this delay on, ms, a timer records where it was set. */
const LONG = 5;

/** A timer of user code on a backend. */
export class BackendTimer extends PendingTimer {
  over = false;
  work!: Work;
  /** Its handle as a number. */
  id: number | undefined;

  constructor(
    request: TimerRequest,
    delay: unknown,
    site: Error | undefined,
    readonly scheduler: Scheduler,
  ) {
    super(request.step.loop as WorkOwner, request.step, request.name, delay, site);
  }

  override get alive(): boolean {
    return !this.over;
  }

  override drop(): void {
    this.end();
    this.scheduler.remove(this.work);
  }

  override cleared(): boolean {
    this.drop();
    return true;
  }

  /** It fires no more. */
  end(): void {
    this.over = true;
    this.loop.pending.delete(this);
    if (this.id !== undefined) (worker.numbered as Map<number, unknown> | undefined)?.delete(this.id);
  }

  /** It fires again: `refresh()`. */
  revive(): void {
    this.over = false;
    this.loop.pending.add(this);
    if (this.id !== undefined) numbered().set(this.id, this);
  }
}

/** The delay of a timer, as Node reads it. */
export function delayOf(given: unknown): number {
  const ms = Number(given);
  return ms >= 1 && ms <= LONGEST ? Math.trunc(ms) : 1;
}

/** Sets a timer on a scheduler. Returns its handle: Jest's, or a number. */
export function startTimer(scheduler: Scheduler, request: TimerRequest, numbers: boolean): unknown {
  const { step, name, callback, rest, above } = request;
  const loop = step.loop as WorkOwner;
  const isImmediate = name === 'setImmediate';
  const [given, ...more] = isImmediate ? [undefined, ...rest] : rest;
  const ms = isImmediate ? undefined : delayOf(given);
  const remembers = loop.debug || loop.tracing || loop.backend?.traces || (ms ?? 0) >= LONG;
  const site = remembers ? step.capture(above) : undefined;
  const timer = new BackendTimer(request, isImmediate ? undefined : given, site, scheduler);
  const repeats = name === 'setInterval';
  let handle: unknown;
  const call = (): void => {
    if (timer.over) return;
    if (!repeats) timer.end();
    fire(timer, () => callback.apply(handle, more));
  };
  const options = {
    kind: isImmediate ? 'immediate' : 'timer',
    step,
    site,
    describe: () => timer.describe(),
  } as const;
  const add = (): Work => scheduler.add(options, ms, call, repeats);
  timer.work = step === currentStep() ? add() : runIn(step, add);
  handle = handleOf(timer, ms, numbers);
  timer.handle = handle as never;
  loop.pending.add(timer);
  return handle;
}

/** Jest's own handle, with what Node's has beyond that; or a number, as a browser's. */
function handleOf(timer: BackendTimer, ms: number | undefined, numbers: boolean): unknown {
  const { work, scheduler } = timer;
  if (numbers) {
    timer.id = ms === undefined ? work.order : Number(work.timer);
    numbered().set(timer.id, timer);
    return timer.id;
  }
  const handle = Object(ms === undefined ? new ImmediateHandle() : work.timer) as Record<
    PropertyKey,
    unknown
  >;
  const define = (key: PropertyKey, value: unknown): unknown =>
    Object.defineProperty(handle, key, { value, configurable: true, writable: true });
  define(TIMER, timer);
  const close = (): unknown => {
    timer.drop();
    return handle;
  };
  if (Symbol.dispose !== undefined) define(Symbol.dispose, close);
  if (ms === undefined) return handle;
  define('close', close);
  define('refresh', () => {
    if (timer.step.givenUp || timer.loop.closed) return handle;
    timer.revive();
    scheduler.restart(work, ms);
    return handle;
  });
  define(Symbol.toPrimitive, () => {
    timer.id ??= work.order;
    if (!timer.over) numbered().set(timer.id, timer);
    return timer.id;
  });
  return handle;
}

/** The handle of an immediate. */
class ImmediateHandle {
  #isRef = true;

  ref(): this {
    this.#isRef = true;
    return this;
  }

  unref(): this {
    this.#isRef = false;
    return this;
  }

  hasRef(): boolean {
    return this.#isRef;
  }
}

function numbered(): Map<number, unknown> {
  worker.numbered ??= new Map();
  return worker.numbered as Map<number, unknown>;
}
