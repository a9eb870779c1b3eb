import { currentStep, runIn, type Step } from '../../../loop/steps/step';
import { isEcho } from '../../../timeouts/causes';
import { RealmStep } from '../../file/realm-step';
import type { Attempt } from '../attempt/attempt';
import type { UserInvocation } from '../calls/user-invocation';

/** The body of a test inside `aroundTest`. It is given up separately, so that the code around it can still clean up. */
export class InnerBody {
  #step: Step | undefined;
  #reject: ((reason: unknown) => void) | undefined;
  #givenUp: { readonly reason: unknown } | undefined;

  constructor(
    readonly attempt: Attempt,
    readonly invocation: UserInvocation,
  ) {}

  /** Calls the body. The promise rejects when the body is given up, even if it continues to run. */
  run(body: () => unknown): Promise<unknown> {
    const own = this.#makeStep();
    this.#step = own;
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      const call = async (): Promise<unknown> => runIn(own, body);
      call().then(
        value => {
          this.#ended();
          resolve(value);
        },
        error => {
          if (this.#givenUp === undefined) this.#ended();
          else if (!isEcho(error, this.#givenUp.reason)) this.invocation.target.late(error, true);
          reject(error);
        },
      );
    });
  }

  /** Its time is up. False if it has ended, or has not begun. */
  giveUp(reason: unknown): boolean {
    const reject = this.#reject;
    if (reject === undefined) return false;
    this.#reject = undefined;
    this.#givenUp = { reason };
    this.#step!.givenUpItself = true;
    for (const work of this.attempt.fileRun.host.pendingOf(this.#step!)) work.drop();
    reject(reason);
    return true;
  }

  /** The body runs in the Loop that the code around it has entered, if any. */
  #makeStep(): Step {
    const { step } = this.invocation;
    const around = currentStep() ?? step;
    const source = step.tracks ? around.laterLoop() : null;
    return new RealmStep(this.attempt.fileRun.testFile.realm, step.name, source, step);
  }

  #ended(): void {
    if (this.#reject === undefined) return;
    this.#reject = undefined;
    this.invocation.prolong();
  }
}
