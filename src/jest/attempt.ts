import type { TestSubject } from '../fixtures/request';
import { Requester } from '../fixtures/requester';
import { type Failure, Run } from '../fixtures/run';
import { fullNameOf, type TestEntry } from './circus';
import { failsAssertionCount } from './expectations';
import type { TestPlan } from './plan';
import type { Session } from './session';
import { siteOfError } from './sites';

/** One run of a test, each retry anew: its own fixtures, shared by its hooks and its body. */
export class Attempt {
  readonly run: Run;
  readonly requester: Requester;
  /** Set when the body has ended, or will not run any more. */
  ended = false;
  /** The body's error, where Jest does not know of it yet. */
  failure: { readonly error: unknown } | undefined;
  /** The set-ups whose failure has been reported: a hook that asks for the same again is left out. */
  readonly #told = new Set<unknown>();
  /** From 1; a retried test is started again. */
  readonly #number: number;
  #subject: TestSubject | undefined;

  constructor(
    readonly session: Session,
    readonly entry: TestEntry,
    readonly plan: TestPlan,
    self: unknown,
  ) {
    this.#number = entry.invocations;
    const { needs } = plan;
    this.run = new Run(session.around, {
      label: this.fullName,
      asker: { label: `test "${this.fullName}"`, site: siteOfError(entry.asyncError, session.rootDir) },
      path: session.testPath,
      block: needs.block,
      audience: needs.audience,
      variant: plan.variant,
      parallel: plan.parallel,
      self,
      subject: () => this.subject,
    });
    this.requester = new Requester(this.run, entry.name, 'test', this.run.home);
  }

  get fullName(): string {
    return fullNameOf(this.entry);
  }

  /** `request.test`, made when somebody looks at it: a plain object of the test's realm. */
  get subject(): TestSubject {
    if (this.#subject === undefined) {
      const { entry, plan, run, session } = this;
      const subject = Object.assign(session.kit.newObject(), {
        name: entry.name,
        fullName: this.fullName,
        path: session.testPath,
        line: run.runner.asker.site.line,
        attempt: this.#number,
        tags: plan.tags,
      });
      Object.defineProperty(subject, 'outcome', { enumerable: true, get: () => this.#outcome() });
      this.#subject = subject as unknown as TestSubject;
    }
    return this.#subject;
  }

  /** Notes that a failure is reported; false where it has been already. */
  tell(failure: Failure): boolean {
    const key = failure.instance ?? failure.error;
    if (this.#told.has(key)) return false;
    this.#told.add(key);
    // A beforeAll hook that asked for it has failed every test of its block, with the very same error.
    const { original } = failure;
    if (typeof original !== 'object' || original === null) return true;
    return !this.entry.errors.some(error => original === (Array.isArray(error) ? error[0] : error));
  }

  #outcome(): TestSubject['outcome'] {
    if (!this.ended) return undefined;
    const failed =
      this.entry.errors.length > 0 ||
      this.run.home.errors.length > 0 ||
      this.failure !== undefined ||
      failsAssertionCount(this.session.jest.expect);
    return failed ? 'failed' : 'passed';
  }
}
