import { timerForbidden } from '../../errors/loop/loop';
import { processState } from '../../process/process-state';
import { activeStep } from '../steps/current-step';
import type { WorkOwner } from '../steps/pending-work';
import { currentStep, runIn, type Step } from '../steps/step';
import { sweepEnded } from './sweep';
import { fire, forget, PendingTimer, type TimerName } from './timer';

/*
 * The timers of a global object with its own: a browser window. Its timers are only wrapped, so that Loops track them:
 * their handles stay numbers, and the window handles errors in callbacks.
 */

type Fn = (this: unknown, ...args: unknown[]) => unknown;
type Functions = Record<string, Fn>;

/** From this delay on, ms, a timer records where it was set. */
const LONG = 5;

/** One of these timers. The window does not show whether it is still set. */
class WindowTimer extends PendingTimer {
  over = false;

  constructor(
    loop: WorkOwner,
    step: Step,
    name: TimerName,
    delay: unknown,
    site: Error | undefined,
    readonly clear: (handle: unknown) => unknown,
  ) {
    super(loop, step, name, delay, site);
  }

  override get alive(): boolean {
    return !this.over;
  }

  override drop(): void {
    this.over = true;
    this.loop.pending.delete(this);
    this.clear(this.handle);
  }
}

/** The functions in place of the timers in `globals`, for those that it has. */
export function windowTimers(globals: Readonly<Record<string, Fn | undefined>>): Readonly<Functions> {
  const timers = new Map<unknown, WindowTimer>();
  const made: Functions = {};
  for (const kind of ['Timeout', 'Interval', 'Immediate'] as const) {
    const real = globals[`set${kind}`];
    const clear = globals[`clear${kind}`];
    if (typeof real !== 'function' || typeof clear !== 'function') continue;
    made[`set${kind}`] = starting(`set${kind}`, real, clear, timers);
    made[`clear${kind}`] = clearing(`clear${kind}`, clear, timers);
  }
  return made;
}

function starting(name: TimerName, real: Fn, clear: Fn, timers: Map<unknown, WindowTimer>): Fn {
  const ambient: Fn = {
    [name](this: unknown, ...args: unknown[]): unknown {
      const step = activeStep();
      const [callback, ...rest] = args;
      if (step === undefined || !step.tracks || typeof callback !== 'function') return outside(this, args);
      if (step.forbidden?.timers) throw step.error(timerForbidden(name));
      const loop = step.givenUp ? undefined : (step.loop as WorkOwner | null);
      if (loop === null) return outside(this, args);
      if (loop === undefined || loop.closed) return inert(this, rest);
      const { backend } = loop;
      if (backend !== undefined)
        return backend.startTimer({ step, name, callback: callback as Fn, rest, above: ambient });
      const delay = name === 'setImmediate' ? undefined : rest[0];
      const remembers = loop.debug || loop.tracing || Number(delay) >= LONG;
      const site = remembers ? step.capture(ambient) : undefined;
      const timer = new WindowTimer(loop, step, name, delay, site, handle => {
        timers.delete(handle);
        return clear.call(undefined, handle);
      });
      const ours = function (this: unknown, ...given: unknown[]): void {
        if (name !== 'setInterval') {
          timer.over = true;
          timers.delete(timer.handle);
        }
        fire(timer, () => (callback as Fn).apply(this, given));
      };
      const start = (): unknown => real.call(this, ours, ...rest);
      const handle = step === currentStep() ? start() : runIn(step, start);
      timer.handle = handle as never;
      timers.set(handle, timer);
      if (loop.pending.size >= loop.sweepAt) sweepEnded(loop);
      loop.pending.add(timer);
      return handle;
    },
  }[name]!;
  /** Sets a timer that belongs to no Loop. */
  const outside = (self: unknown, args: unknown[]): unknown => {
    const { realWork } = processState;
    const [callback, ...rest] = args;
    if (realWork === undefined || typeof callback !== 'function') return real.apply(self, args);
    const ours = function (this: unknown, ...given: unknown[]): void {
      if (name !== 'setInterval') realWork.windowTimerOver(handle);
      (callback as Fn).apply(this, given);
    };
    const handle = real.call(self, ours, ...rest);
    if (name !== 'setImmediate') realWork.windowTimerSet(handle as number, rest[0]);
    return handle;
  };
  const inert = (self: unknown, rest: unknown[]): unknown => {
    const handle = real.call(self, () => {}, ...rest);
    clear.call(self, handle);
    return handle;
  };
  return Object.defineProperty(ambient, 'length', { value: real.length, configurable: true });
}

function clearing(name: string, real: Fn, timers: Map<unknown, WindowTimer>): Fn {
  const ambient: Fn = {
    [name](this: unknown, ...args: unknown[]): unknown {
      const timer = timers.get(args[0]);
      if (timer !== undefined) {
        timer.over = true;
        timers.delete(args[0]);
        timer.loop.pending.delete(timer);
      } else if (forget(args[0])) return undefined;
      else processState.realWork?.windowTimerOver(args[0]);
      return real.apply(this, args);
    },
  }[name]!;
  return Object.defineProperty(ambient, 'length', { value: real.length, configurable: true });
}
