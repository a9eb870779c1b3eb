import type { LaterWork } from '../loop/steps/backend';
import { currentStep } from '../loop/steps/step';
import type { RealTimers } from '../process/real-timers';
import { delayOf } from './backend-timer';

interface Options {
  readonly signal?: AbortSignal;
  readonly ref?: boolean;
  /** Where the wait was started. */
  readonly site?: Error | undefined;
}

type Later = (ms: number, fn: () => void, work: LaterWork) => () => void;

/** Node's error for an aborted wait. */
function abortError(signal: AbortSignal): Error {
  const error = new Error('The operation was aborted', { cause: signal.reason });
  return Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' });
}

/** `node:timers/promises` on a backend. */
export function promisesOf(later: Later): RealTimers['promises'] {
  const wait = <T>(ms: number, value: T, { signal, site }: Options, label: string): Promise<T> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(abortError(signal));
        return;
      }
      const work = {
        kind: ms === 0 ? 'callback' : 'sleep',
        step: currentStep(),
        site,
        describe: () => label,
      } as const;
      const cancel = later(
        ms,
        () => {
          signal?.removeEventListener('abort', abort);
          resolve(value);
        },
        work,
      );
      function abort(): void {
        cancel();
        reject(abortError(signal!));
      }
      signal?.addEventListener('abort', abort, { once: true });
    });
  const timeout = <T>(ms?: number, value?: T, options: Options = {}): Promise<T> =>
    wait(delayOf(ms), value as T, options, `setTimeout(${String(ms)})`);
  return {
    setTimeout: timeout,
    setImmediate: <T>(value?: T, options: Options = {}) => wait(0, value as T, options, 'setImmediate()'),
    setInterval: (ms, value, options = {}) => ticks(later, delayOf(ms), value, options) as never,
    wait: ((ms: number, options?: Options) => timeout(ms, undefined, options)) as never,
  };
}

/** The ticks of an interval: those without a waiter come at once, as Node's do. */
async function* ticks<T>(later: Later, ms: number, value: T, { signal, site }: Options): AsyncGenerator<T> {
  let due = 0;
  let wake = (): void => {};
  let cancel = (): void => {};
  const step = currentStep();
  const tick = (): void => {
    due++;
    arm();
    wake();
  };
  const arm = (): void => {
    const describe = (): string => `setInterval(${ms})`;
    cancel = later(ms, tick, { kind: 'sleep', step, site, describe });
  };
  const abort = (): void => wake();
  signal?.addEventListener('abort', abort, { once: true });
  arm();
  try {
    for (;;) {
      if (signal?.aborted) throw abortError(signal);
      if (due === 0)
        await new Promise<void>(resolve => {
          wake = resolve;
        });
      for (; due > 0; due--) yield value;
    }
  } finally {
    cancel();
    signal?.removeEventListener('abort', abort);
  }
}
