import { worker } from '../../process/store';
import { currentStep, Step, type StepLoop } from './step';

/** One for each Loop that is installed where there is no step. */
const steps = new WeakMap<StepLoop, Step>();

/** The step that runs; outside of all, one for the Loop that is installed there, if any. */
export function stepHere(): Step | undefined {
  return currentStep() ?? (worker.installed.length === 0 ? undefined : outside());
}

function outside(): Step | undefined {
  const loop = worker.installed.at(-1) as StepLoop | null;
  if (loop === null) return undefined;
  let step = steps.get(loop);
  if (step === undefined) {
    step = new Step(`outside, in ${loop.name}`, loop, undefined);
    steps.set(loop, step);
  }
  return step;
}

/** A StepLoop, or none, that is current until it is taken back: in the code of the step that runs, else everywhere. */
export class Installed {
  readonly #step: Step | undefined = currentStep();

  constructor(private readonly loop: StepLoop | null) {
    if (this.#step === undefined) worker.installed.push(loop);
    else this.#step.install(loop);
  }

  /** In whatever order they are taken back. */
  takeBack(): void {
    if (this.#step !== undefined) this.#step.uninstall(this.loop);
    else worker.installed.splice(worker.installed.lastIndexOf(this.loop), 1);
  }
}
