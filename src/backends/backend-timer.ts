import type { TimerRequest } from '../loop/steps/backend';
import type { WorkOwner } from '../loop/steps/pending-work';
import { currentStep, runIn } from '../loop/steps/step';
import { fire, PendingTimer } from '../loop/timers/timer';
import { processState } from '../process/process-state';
import { Immediate, Timeout } from './handles';
import type { ScheduledWork } from './scheduled-work';
import type { Scheduler } from './scheduler';

/** Node fires a timer with a longer delay after 1 ms. */
const LONGEST = 2 ** 31 - 1;

/** A timer of user code on a backend. */
export class BackendTimer extends PendingTimer {
  over = false;
  work!: ScheduledWork;
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
    if (this.id !== undefined) (processState.numbered as Map<number, unknown> | undefined)?.delete(this.id);
  }

  /** Starts it anew, also where it has fired: `refresh()`. */
  restart(): void {
    if (this.step.givenUp || this.loop.closed) return;
    this.over = false;
    this.loop.pending.add(this);
    if (this.id !== undefined) numbered().set(this.id, this);
    this.scheduler.restart(this.work, delayOf(this.delay));
  }

  /** Its handle as a number, which clears it as well. */
  number(): number {
    this.id ??= this.work.order;
    if (!this.over) numbered().set(this.id, this);
    return this.id;
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
  // Not for long ones, as on real time: here they cost no time, and capturing a stack would be most of it.
  const site = loop.debug || loop.tracing || loop.backend?.traces ? step.capture(above) : undefined;
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
  const add = (): ScheduledWork => scheduler.add(options, ms, call, repeats);
  timer.work = step === currentStep() ? add() : runIn(step, add);
  handle = handleOf(timer, numbers);
  timer.handle = handle as never;
  loop.pending.add(timer);
  return handle;
}

/** Its handle as code of the test sees it: an object as in Node, or a number as in a browser. */
function handleOf(timer: BackendTimer, numbers: boolean): unknown {
  if (!numbers) return timer.name === 'setImmediate' ? new Immediate(timer) : new Timeout(timer);
  timer.id = timer.work.order;
  numbered().set(timer.id, timer);
  return timer.id;
}

function numbered(): Map<number, unknown> {
  processState.numbered ??= new Map();
  return processState.numbered as Map<number, unknown>;
}
