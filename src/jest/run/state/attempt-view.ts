import type { NamedRequester } from '../../../errors/site';
import type { FixtureRun } from '../../../fixtures/life/fixture-run';
import type { OpenScope } from '../../../fixtures/life/open-scope';
import type { Loop } from '../../../loop';
import type { Invocation } from '../../../timeouts/invocation';
import type { TestPlan } from '../../collect/plan';
import type { TestEntry } from '../../file/circus';
import type { OwnerInFile } from '../../file/owner-in-file';

/** One attempt of a test, as the file run sees it: see the class `Attempt`. */
export interface AttemptView extends OwnerInFile {
  readonly entry: TestEntry;
  readonly plan: TestPlan;
  /** From 1; each retry is a further attempt. */
  readonly number: number;
  /** The body has ended, or will not run. */
  readonly bodyEnded: boolean;
  /** Jest has the outcome of the body. */
  readonly outcomeTaken: boolean;
  /** Its teardown is complete. */
  readonly tornDown: boolean;
  /** The body's error, until Jest knows it. */
  readonly failure: { readonly error: unknown } | undefined;
  /** A hook or the body was aborted: its pending work is cancelled, never adopted. */
  wasAborted: boolean;
  /** Its Loop cannot be made on the backend that was chosen. */
  hasNoLoop: boolean;
  /** The body inside `aroundTest`. */
  readonly inner: { giveUp(reason: unknown): boolean } | undefined;
  /** The call of the hook or body that runs, or ran last. */
  readonly invocation: Invocation | undefined;
  /** Where its test-scoped fixtures and its Loop live. */
  readonly scope: OpenScope;
  /** Its fixtures; made on first use. */
  readonly fixtures: FixtureRun;
  /** Whether {@link fixtures} exists. */
  readonly usesFixtures: boolean;
  /** The test as messages name it. */
  readonly requester: NamedRequester;
  readonly fullName: string;
  /** What `catchLoopExceptions(false)` collects. */
  readonly loopExceptions: unknown[];
  readonly errors: ReportedErrors;
  /** Gives its Loop when one of its steps needs it. */
  readonly loopSource: () => Loop;
  /** Aborts whatever runs for it with an error. */
  abort(error: unknown): void;
  /** The same with the error of what it uses: a fixture, or a hook that ran for it. */
  useFailed(error: unknown): void;
  /** Where nothing runs that could be aborted: no further fixture is set up, and the body does not run. */
  stop(error: unknown): void;
}

/** A beforeAll or afterAll hook under way: see the class `RunningAllHook`. */
export interface RunningAllHookView {
  readonly fixtures: FixtureRun;
  abort(error: unknown): void;
  /** With the error of a fixture. */
  useFailed(error: unknown): void;
}

/** The errors of one attempt. */
interface ReportedErrors {
  /** Whether an error is new; from now on it counts as reported. */
  markReported(error: unknown): boolean;
  /** `promise` is the one that was rejected with it. */
  add(error: unknown, promise?: unknown): void;
}
