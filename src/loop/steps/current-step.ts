import { processState } from '../../process/process-state';
import { currentStep, Step, type StepLoop } from './step';

/** One per Loop installed outside of every step. */
const steps = new WeakMap<StepLoop, Step>();

/** The current step; outside of every step, one for the Loop installed there, if any. */
export function activeStep(): Step | undefined {
  return currentStep() ?? (processState.installed.length === 0 ? undefined : outside());
}

function outside(): Step | undefined {
  const loop = processState.installed.at(-1) as StepLoop | null;
  if (loop === null) return undefined;
  let step = steps.get(loop);
  if (step === undefined) {
    step = new Step(`outside, in ${loop.name}`, loop, undefined);
    steps.set(loop, step);
  }
  return step;
}

/** Makes a Loop, or none, current until it is taken back: in the current step, else everywhere outside of steps. */
export class Installed {
  readonly #step: Step | undefined = currentStep();

  constructor(private readonly loop: StepLoop | null) {
    if (this.#step === undefined) processState.installed.push(loop);
    else this.#step.install(loop);
  }

  /** In any order. */
  takeBack(): void {
    if (this.#step !== undefined) this.#step.uninstall(this.loop);
    else processState.installed.splice(processState.installed.lastIndexOf(this.loop), 1);
  }
}
