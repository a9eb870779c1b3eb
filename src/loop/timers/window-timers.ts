import { timerForbidden } from '../../errors/loop';
import { stepHere } from '../steps/current-step';
import type { WorkOwner } from '../steps/pending-work';
import { currentStep, runIn, type Step } from '../steps/step';
import { sweepOver } from './sweep';
import { fire, TimerItem, type TimerName } from './timer';

/*
 * The timers of a global object that came with its own: a browser's window. Its timers are kept and only called, with
 * books about them in the Loops: their handles are numbers, and what a callback throws goes the window's way.
 */

type Fn = (this: unknown, ...args: unknown[]) => unknown;
type Functions = Record<string, Fn>;

/** From this delay on, ms, a timer remembers where it was set. */
const LONG = 5;

/** One of these timers; it is not told whether it is still there. */
class ForeignItem extends TimerItem {
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
    this.loop.items.delete(this);
    this.clear(this.handle);
  }
}

/** What stands in place of the timers of `globals`; those that it does not have are not there. */
export function foreignTimers(globals: Readonly<Record<string, Fn | undefined>>): Readonly<Functions> {
  const items = new Map<unknown, ForeignItem>();
  const made: Functions = {};
  for (const kind of ['Timeout', 'Interval', 'Immediate'] as const) {
    const real = globals[`set${kind}`];
    const clear = globals[`clear${kind}`];
    if (typeof real !== 'function' || typeof clear !== 'function') continue;
    made[`set${kind}`] = starting(`set${kind}`, real, clear, items);
    made[`clear${kind}`] = clearing(`clear${kind}`, clear, items);
  }
  return made;
}

function starting(name: TimerName, real: Fn, clear: Fn, items: Map<unknown, ForeignItem>): Fn {
  const ambient: Fn = {
    [name](this: unknown, ...args: unknown[]): unknown {
      const step = stepHere();
      const [callback, ...rest] = args;
      if (step === undefined || !step.tracks || typeof callback !== 'function') return real.apply(this, args);
      if (step.forbidden?.timers) throw step.error(timerForbidden(name));
      const loop = step.givenUp ? undefined : (step.loop as WorkOwner | null);
      if (loop === null) return real.apply(this, args);
      if (loop === undefined || loop.closed) return inert(this, rest);
      const delay = name === 'setImmediate' ? undefined : rest[0];
      const remembers = loop.debug || loop.tracing || Number(delay) >= LONG;
      const site = remembers ? step.capture(ambient) : undefined;
      const item = new ForeignItem(loop, step, name, delay, site, handle => {
        items.delete(handle);
        return clear.call(undefined, handle);
      });
      const ours = function (this: unknown, ...given: unknown[]): void {
        if (name !== 'setInterval') {
          item.over = true;
          items.delete(item.handle);
        }
        fire(item, () => (callback as Fn).apply(this, given));
      };
      const start = (): unknown => real.call(this, ours, ...rest);
      const handle = step === currentStep() ? start() : runIn(step, start);
      item.handle = handle as never;
      items.set(handle, item);
      if (loop.items.size >= loop.sweepAt) sweepOver(loop);
      loop.items.add(item);
      return handle;
    },
  }[name]!;
  const inert = (self: unknown, rest: unknown[]): unknown => {
    const handle = real.call(self, () => {}, ...rest);
    clear.call(self, handle);
    return handle;
  };
  return Object.defineProperty(ambient, 'length', { value: real.length, configurable: true });
}

function clearing(name: string, real: Fn, items: Map<unknown, ForeignItem>): Fn {
  const ambient: Fn = {
    [name](this: unknown, ...args: unknown[]): unknown {
      const item = items.get(args[0]);
      if (item !== undefined) {
        item.over = true;
        items.delete(args[0]);
        item.loop.items.delete(item);
      }
      return real.apply(this, args);
    },
  }[name]!;
  return Object.defineProperty(ambient, 'length', { value: real.length, configurable: true });
}
