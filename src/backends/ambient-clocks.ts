import type { LoopBackend } from '../loop/steps/backend';
import { siteOf, type WorkOwner } from '../loop/steps/pending-work';
import { currentStep } from '../loop/steps/step';
import { processState } from '../process/process-state';
import { delayOf } from './backend-timer';

/*
 * The clocks of a test file: `Date`, `performance.now`, `process.hrtime`, `AbortSignal.timeout`. They follow the backend
 * of the Loop that their caller runs in; outside of every backend they are what they replace.
 */

/** The backend of the code that calls. */
function backendHere(): LoopBackend | undefined {
  const loop = currentStep()?.known as WorkOwner | null | undefined;
  return loop?.closed ? undefined : loop?.backend;
}

type Any = Record<PropertyKey, unknown>;
type Fn = (this: unknown, ...args: unknown[]) => unknown;

/** Replaces the clocks of a global object. Returns a function that puts them back. */
export function followBackends(globals: Any): () => void {
  const back: (() => void)[] = [];
  const replace = (target: Any | undefined, key: string, make: (found: never) => unknown): void => {
    const found = target?.[key];
    if (typeof found !== 'function') return;
    const before = Object.getOwnPropertyDescriptor(target!, key);
    const ours = make(found as never);
    const written = Reflect.defineProperty(target!, key, {
      value: ours,
      configurable: true,
      enumerable: before?.enumerable ?? false,
      writable: true,
    });
    if (!written) return;
    back.push(() => {
      // A test's own replacement stays; what it puts back later is harmless.
      if (target![key] !== ours) return;
      if (before === undefined) Reflect.deleteProperty(target!, key);
      else Object.defineProperty(target!, key, before);
    });
  };
  replace(globals, 'Date', dateOf);
  replace(globals.performance as Any | undefined, 'now', performanceNow);
  replace(globals.process as Any | undefined, 'hrtime', hrtimeOf);
  replace(globals.AbortSignal as Any | undefined, 'timeout', found => abortTimeout(found, globals));
  return () => {
    for (const each of back.reverse()) each();
  };
}

function dateOf(real: DateConstructor): DateConstructor {
  const now = (): number => backendHere()?.wallClock() ?? real.now();
  return new Proxy(real, {
    construct(target, args: unknown[], newTarget) {
      const backend = args.length === 0 ? backendHere() : undefined;
      return Reflect.construct(
        target,
        backend === undefined ? args : [backend.wallClock()],
        newTarget,
      ) as object;
    },
    apply(target, self, args: unknown[]) {
      const backend = backendHere();
      return backend === undefined
        ? Reflect.apply(target as unknown as Fn, self, args)
        : String(new target(backend.wallClock()));
    },
    // What a test puts on `Date` (a spy on `now`) is on the real one.
    get(target, key, self) {
      const found: unknown = Reflect.get(target, key, self);
      return key === 'now' && found === nativeNow(real) ? now : found;
    },
  });
}

/** The `Date.now` that a class of dates had when it was first seen. */
const natives = new WeakMap<object, unknown>();

function nativeNow(real: DateConstructor): unknown {
  if (!natives.has(real)) natives.set(real, real.now);
  return natives.get(real);
}

function performanceNow(real: () => number): Fn {
  return function now(this: unknown) {
    return backendHere()?.now() ?? real.call(this);
  };
}

function hrtimeOf(real: NodeJS.HRTime): NodeJS.HRTime {
  const hrtime = (before?: [number, number]): [number, number] => {
    const backend = backendHere();
    if (backend === undefined) return real(before);
    const ms = backend.now();
    const [seconds, nanos] = before ?? [0, 0];
    const s = Math.floor(ms / 1000) - seconds;
    const ns = (ms % 1000) * 1e6 - nanos;
    return ns < 0 ? [s - 1, ns + 1e9] : [s, ns];
  };
  const bigint = (): bigint => {
    const backend = backendHere();
    return backend === undefined ? real.bigint() : BigInt(backend.now()) * 1_000_000n;
  };
  return Object.assign(hrtime, { bigint });
}

function abortTimeout(real: typeof AbortSignal.timeout, globals: Any): typeof AbortSignal.timeout {
  return function timeout(this: unknown, ms: number): AbortSignal {
    const backend = backendHere();
    if (backend === undefined || !(ms >= 0 && ms < Number.POSITIVE_INFINITY)) {
      const signal = real.call(this as typeof AbortSignal, ms);
      processState.realWork?.signalMade(signal);
      return signal;
    }
    const Controller = globals.AbortController as typeof AbortController;
    const DOMError = (globals.DOMException ?? DOMException) as typeof DOMException;
    const controller = new Controller();
    const abort = (): void =>
      controller.abort(new DOMError('The operation was aborted due to timeout', 'TimeoutError'));
    const describe = (): string => `AbortSignal.timeout(${ms})`;
    backend.later(delayOf(ms), abort, {
      kind: 'callback',
      step: currentStep(),
      site: backend.traces ? siteOf(timeout) : undefined,
      describe,
    });
    return controller.signal;
  };
}
