import type { Loop } from './loop';
import { currentStep, type Step } from './step';
import { worker } from './store';

/** A Loop, or none, that is current until it is taken back: in the code of the step that runs, else everywhere. */
export class Installed {
  readonly #step: Step | undefined = currentStep();

  constructor(private readonly loop: Loop | null) {
    if (this.#step === undefined) worker.installed.push(loop);
    else this.#step.install(loop);
  }

  /** In whatever order they are taken back. */
  takeBack(): void {
    if (this.#step !== undefined) this.#step.uninstall(this.loop);
    else worker.installed.splice(worker.installed.lastIndexOf(this.loop), 1);
  }
}
