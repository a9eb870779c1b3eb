import { invalidLoopCall } from '../errors/loop/loop';
import { processState } from '../process/process-state';
import { delay } from '../process/real-time';
import type { PlacedTask } from './loop-options';
import type { LaterWork } from './steps/backend';
import { siteOf, type WorkOwner } from './steps/pending-work';
import { currentStep, mistake, runIn, type Step } from './steps/step';
import { Passage } from './steps/step-ancestry';
import { waitIn } from './steps/wait';
import { reportBlocking } from './timers/timer';

/** The parts of a handle. */
export interface Scheduled {
  readonly loop: WorkOwner;
  readonly step: Step;
  /** `callLater(100)`. */
  readonly label: string;
  readonly site: Error | undefined;
  /** Delay in ms. */
  readonly ms: number;
  readonly call: () => unknown;
}

/** A scheduled callback of a Loop: `loop.callLater(…)`. See docs/loops.md. */
export class Handle {
  /** @internal */
  readonly kind = 'timer';
  /** @internal */
  loop: WorkOwner;
  /** @internal */
  readonly step: Step;
  /** @internal */
  readonly site: Error | undefined;
  /** When it is called, by `loop.time()`. */
  readonly when: number;
  readonly #label: string;
  #stop: (() => void) | undefined;
  #cancelled = false;

  /** Made by `loop.callSoon`, `callLater` and `callAt`. */
  constructor({ loop, step, label, site, ms, call }: Scheduled) {
    this.loop = loop;
    this.step = step;
    this.site = site;
    this.when = (loop.backend?.now() ?? processState.real.now()) + ms;
    this.#label = label;
    // Code that was given up starts nothing.
    if (step.givenUp) return;
    loop.pending.add(this);
    this.#stop = delayIn(loop, ms, () => this.#call(call), {
      kind: 'callback',
      step,
      site,
      describe: () => label,
    });
  }

  /** @internal */
  get alive(): boolean {
    return this.#stop !== undefined;
  }

  /** Whether it was cancelled before its call. */
  get cancelled(): boolean {
    return this.#cancelled;
  }

  /** @internal */
  describe(): string {
    return this.#label;
  }

  /** Cancels it; does nothing after the call. */
  cancel(): void {
    if (this.#stop === undefined) return;
    this.#cancelled = true;
    this.#stop();
    this.#end();
  }

  /** @internal */
  drop(): void {
    this.cancel();
  }

  #end(): void {
    this.#stop = undefined;
    this.loop.pending.delete(this);
  }

  #call(call: () => unknown): void {
    this.#end();
    if (this.step.givenUp) return;
    const { loop } = this;
    const began = loop.debug ? processState.real.now() : 0;
    try {
      runIn(this.step, call);
    } catch (exception) {
      const message = `Exception in the callback of ${this.#label}`;
      loop.report({ message, exception, handle: this }, this.step);
    }
    if (loop.debug) reportBlocking(loop, this, processState.real.now() - began);
  }
}

type Above = (...args: never[]) => unknown;

/** From this delay on, ms, the place is always recorded: that costs less than the wait. */
const LONG = 5;

/** Waits in a Loop; `above` is the function that the user called. */
export function sleepIn(loop: WorkOwner, ms: number, above: Above): Promise<void> {
  checkMs('loop.sleep()', ms);
  const label = `sleep(${ms})`;
  const site = siteFor(loop, ms, above);
  return waitIn<void>(loop, label, site, resolve =>
    delayIn(loop, ms, resolve, { kind: 'sleep', step: currentStep(), site, describe: () => label }),
  );
}

/** Calls `fn` in `ms` milliseconds of the Loop's time. Returns a function that cancels it. */
function delayIn({ backend }: WorkOwner, ms: number, fn: () => void, work: LaterWork): () => void {
  return backend === undefined ? delay(ms, fn) : backend.later(ms, fn, work);
}

/** Schedules `call` in a Loop. */
export function schedule(
  loop: WorkOwner,
  name: string,
  ms: number,
  fn: unknown,
  call: () => unknown,
  above: Above,
): Handle {
  checkMs(`loop.${name}()`, ms);
  if (typeof fn !== 'function') throw mistake(invalidLoopCall(`loop.${name}()`, 'a function', fn));
  const label = name === 'callSoon' ? name : `${name}(${ms})`;
  const step = new Passage(`callback of ${label}`, loop);
  return new Handle({ loop, step, label, site: siteFor(loop, ms, above), ms, call });
}

/** Where pending work is created, if that is recorded. */
export function siteFor(loop: WorkOwner, ms: number, above: Above): Error | undefined {
  // On a backend a long one costs no time.
  const isLong = ms >= LONG && loop.backend === undefined;
  return isLong || loop.debug || loop.tracing || loop.backend?.traces ? siteOf(above) : undefined;
}

/** The same for a task; this package names the place of one that it starts for others. */
export function siteOfTask(loop: WorkOwner, options: object | undefined, above: Above): Error | undefined {
  if (options !== undefined && (typeof options !== 'object' || options === null))
    throw mistake(invalidLoopCall('loop.createTask()', 'an object with options, such as { name }', options));
  return options !== undefined && Object.hasOwn(options, 'site')
    ? (options as PlacedTask).site
    : siteFor(loop, 0, above);
}

function checkMs(call: string, ms: number): void {
  if (typeof ms !== 'number' || !(ms >= 0))
    throw mistake(invalidLoopCall(call, 'a number of milliseconds from 0', ms));
}
