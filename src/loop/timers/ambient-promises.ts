import { timerForbidden } from '../../errors/loop/loop';
import { processState } from '../../process/process-state';
import { activeStep } from '../steps/current-step';
import type { WorkOwner } from '../steps/pending-work';
import type { Step } from '../steps/step';
import { never, waitIn } from '../steps/wait';

/* `node:timers/promises` inside a Loop: the same functions, which reject if the waiting code is cancelled. */

const { setTimeout, setImmediate, setInterval, wait: schedulerWait } = processState.real.promises;

/** The functions to wait with in a step: those of its Loop's backend, or Node's. */
function timersOf(step: Step): typeof processState.real.promises {
  return (step.loop as WorkOwner | null)?.backend?.promises ?? processState.real.promises;
}

interface Options {
  readonly signal?: AbortSignal;
  readonly ref?: boolean;
  /** Where the wait was started, for a backend. */
  readonly site?: Error;
}

/** The step to wait in; undefined to use Node's own function. */
function stepFor(name: string, options: unknown): Step | undefined {
  const step = activeStep();
  if (step === undefined || !step.tracks) return undefined;
  if (step.forbidden?.timers) throw step.error(timerForbidden(name));
  // Invalid options are left to Node's own error.
  return isRefused(options) || (!step.givenUp && step.loop === null) ? undefined : step;
}

function isRefused(options: unknown): boolean {
  if (options === undefined) return false;
  if (typeof options !== 'object' || options === null) return true;
  const { signal } = options as { signal?: { addEventListener?: unknown } | null };
  return signal !== undefined && typeof signal?.addEventListener !== 'function';
}

/** A signal that aborts with another. Not `AbortSignal.any`: some versions of Node leak its signals. */
class Stop {
  readonly #controller = new AbortController();
  readonly #forward = (): void => this.#controller.abort(this.options?.signal?.reason);
  /** Aborted by the wait's end: the rejection is ignored. */
  stopped = false;

  constructor(readonly options: Options | undefined) {}

  /** The options for Node. */
  start(site: Error): Options {
    const signal = this.options?.signal;
    if (signal?.aborted) this.#forward();
    else signal?.addEventListener('abort', this.#forward, { once: true });
    return { ...this.options, signal: this.#controller.signal, site };
  }

  stop(): void {
    this.stopped = true;
    this.release();
    this.#controller.abort();
  }

  release(): void {
    this.options?.signal?.removeEventListener('abort', this.#forward);
  }
}

/** Waits for one of Node's promises in a step; `stop` stops it when the wait is cancelled. */
function waiting<T>(
  step: Step,
  label: string,
  stop: Stop,
  site: Error | undefined,
  begin: () => Promise<T>,
): Promise<T> {
  if (step.givenUp) return never();
  const loop = step.loop as WorkOwner;
  if (loop.closed) return never();
  return waitIn<T>(loop, label, site, (resolve, reject) => {
    begin().then(resolve, error => {
      if (!stop.stopped) reject(error);
    });
    return () => stop.stop();
  });
}

/** The same for a single promise. */
function waitingOnce<T>(
  step: Step,
  label: string,
  options: Options | undefined,
  above: (...args: never[]) => unknown,
  begin: (options: Options) => Promise<T>,
): Promise<T> {
  const stop = new Stop(options);
  const release = (): void => stop.release();
  const site = step.capture(above);
  return waiting(step, label, stop, site, () => {
    const promise = begin(stop.start(site));
    promise.then(release, release);
    return promise;
  });
}

function ambientTimeout<T>(ms?: number, value?: T, options?: Options): Promise<T> {
  const step = stepFor('setTimeout', options);
  if (step === undefined) {
    processState.realWork?.promiseMade(ms);
    return setTimeout(ms, value as T, options);
  }
  return waitingOnce(step, `setTimeout(${String(ms)})`, options, ambientTimeout, given =>
    timersOf(step).setTimeout(ms, value as T, given),
  );
}

function ambientImmediate<T>(value?: T, options?: Options): Promise<T> {
  const step = stepFor('setImmediate', options);
  if (step === undefined) return setImmediate(value as T, options);
  return waitingOnce(step, 'setImmediate()', options, ambientImmediate, given =>
    timersOf(step).setImmediate(value as T, given),
  );
}

function ambientWait(ms: number, options?: Options): Promise<void> {
  const step = stepFor('scheduler.wait', options);
  if (step === undefined) {
    processState.realWork?.promiseMade(ms);
    return schedulerWait(ms, options);
  }
  return waitingOnce(step, `scheduler.wait(${String(ms)})`, options, ambientWait, given =>
    timersOf(step).wait(ms, given as { signal: AbortSignal }),
  );
}

/** Belongs to the Loop of the call, not to that of the first `next()`. */
function ambientInterval<T>(ms?: number, value?: T, options?: Options): AsyncIterator<T> {
  const step = stepFor('setInterval', options);
  if (step === undefined) return setInterval(ms, value as T, options) as AsyncIterator<T>;
  return ticksIn(step, ms, value as T, options, step.capture(ambientInterval));
}

async function* ticksIn<T>(
  step: Step,
  ms: number | undefined,
  value: T,
  options: Options | undefined,
  site: Error,
): AsyncGenerator<T> {
  const stop = new Stop(options);
  const ticks = timersOf(step)
    .setInterval(ms, value, stop.start(site))
    [Symbol.asyncIterator]() as AsyncIterator<T>;
  try {
    for (;;) {
      const label = `setInterval(${String(ms)})`;
      const tick = await waiting(step, label, stop, site, () => ticks.next());
      if (tick.done) return;
      yield tick.value;
    }
  } finally {
    stop.stop();
  }
}

/** The functions in place of Node's. */
export const ambientPromises = {
  setTimeout: ambientTimeout,
  setImmediate: ambientImmediate,
  setInterval: ambientInterval,
  scheduler: { wait: ambientWait },
};
