import { currentStep, type Owner, type Step } from '../loop/steps/step';
import { processState } from '../process/process-state';

type Timers = Record<'setTimeout' | 'setInterval', (...args: unknown[]) => unknown>;

/**
 * Jest's own timers while it runs in `run`: they belong to no Loop. Those of the program and of fixtures stay what they
 * are. The returned function drops the timers that Jest has left; it does not restore the globals.
 */
export function keepTimersOfJest(run: Step): () => void {
  const globals = globalThis as unknown as Timers;
  const left = new Set<unknown>();
  for (const name of ['setTimeout', 'setInterval'] as const) {
    const found = globals[name];
    const real = processState.real[name] as unknown as Timers[typeof name];
    const chosen = {
      [name](this: unknown, ...args: unknown[]): unknown {
        if (!isJests(currentStep(), run)) return Reflect.apply(found, this, args);
        const [callback, ...rest] = args;
        if (name === 'setInterval' || typeof callback !== 'function') {
          const interval = real(callback, ...rest);
          left.add(interval);
          return interval;
        }
        const timer = real(
          (...given: unknown[]) => {
            left.delete(timer);
            Reflect.apply(callback, timer, given);
          },
          ...rest,
        );
        left.add(timer);
        return timer;
      },
    }[name]!;
    globals[name] = Object.defineProperties(chosen, Object.getOwnPropertyDescriptors(found));
  }
  return () => {
    for (const timer of left) processState.real.clearTimeout(timer as NodeJS.Timeout);
    left.clear();
  };
}

/** Jest's code runs in the step of the run, and in those of test files. */
function isJests(step: Step | undefined, run: Step): boolean {
  const owner = step?.owner as (Owner & { readonly outside?: boolean; readonly file?: unknown }) | undefined;
  if (step === undefined || owner?.outside) return false;
  return owner?.file !== undefined || step.within(run);
}
