import { runIn, type Step } from '../../loop/steps/step';
import { isEcho } from '../../timeouts/guard';
import type { Attempt } from './attempt';
import type { TestGuard } from './guarded-call';

/** The body of a test within `aroundTest`: it is given up on its own, so that the code around it can still clean up. */
export class InnerBody {
  readonly #step: Step;
  #reject: ((reason: unknown) => void) | undefined;
  #why: { readonly reason: unknown } | undefined;

  constructor(
    readonly attempt: Attempt,
    readonly guard: TestGuard,
  ) {
    const { step } = guard;
    const source = step.tracks ? () => step.loop : null;
    this.#step = new attempt.fileRun.testFile.realm.core.Step(step.name, source, step);
  }

  /** Calls the body. The promise rejects when it is given up, however long it goes on. */
  run(body: () => unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      const call = async (): Promise<unknown> => runIn(this.#step, body);
      call().then(
        value => {
          this.#ended();
          resolve(value);
        },
        error => {
          if (this.#why === undefined) this.#ended();
          else if (!isEcho(error, this.#why.reason)) this.guard.guarding.late(error, true);
          reject(error);
        },
      );
    });
  }

  /** It has had its time; false where it has ended, or has not begun. */
  giveUp(reason: unknown): boolean {
    const reject = this.#reject;
    if (reject === undefined) return false;
    this.#reject = undefined;
    this.#why = { reason };
    this.#step.condemned = true;
    for (const item of this.attempt.fileRun.host.pendingOf(this.#step)) item.drop();
    reject(reason);
    return true;
  }

  #ended(): void {
    if (this.#reject === undefined) return;
    this.#reject = undefined;
    this.guard.prolong();
  }
}
