import type { Loop } from './loop';
import { currentStep, Step } from './step';
import { worker } from './store';

/** One for each Loop that is installed where there is no step. */
const steps = new WeakMap<Loop, Step>();

/** The step that runs; outside of all, one for the Loop that is installed there, if any. */
export function stepHere(): Step | undefined {
  return currentStep() ?? (worker.installed.length === 0 ? undefined : outside());
}

function outside(): Step | undefined {
  const loop = worker.installed.at(-1) as Loop | null;
  if (loop === null) return undefined;
  let step = steps.get(loop);
  if (step === undefined) {
    step = new Step(`outside, in ${loop.name}`, loop, undefined);
    steps.set(loop, step);
  }
  return step;
}
