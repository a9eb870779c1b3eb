import type { Asker } from '../../errors/site';
import type { OpenScope } from '../../fixtures/life/open-scopes';
import type { FixtureRun } from '../../fixtures/life/run';
import type { Loop } from '../../loop';
import type { Guard } from '../../timeouts/guard';
import type { TestPlan } from '../collect/plan';
import type { TestEntry } from '../file/circus';
import type { FileOwner } from '../report/route-errors';

/** One attempt of a test, as the rest of the file's run knows it. */
export interface AttemptState extends FileOwner {
  readonly entry: TestEntry;
  readonly plan: TestPlan;
  /** From 1; a retry is a further attempt. */
  readonly number: number;
  /** Its body has ended, or will not run any more. */
  readonly ended: boolean;
  /** Jest has the outcome of its body. */
  readonly outcomeTaken: boolean;
  /** All that it had is down. */
  readonly over: boolean;
  /** The body's error, where Jest does not know of it yet. */
  readonly failure: { readonly error: unknown } | undefined;
  /** A hook or body was cut short. */
  wasEnded: boolean;
  /** The body inside of `aroundTest`. */
  readonly inner: { giveUp(reason: unknown): boolean } | undefined;
  /** The function of it that runs. */
  readonly guard: Guard | undefined;
  readonly home: OpenScope;
  /** Whether it has asked for a fixture. */
  readonly hasRun: boolean;
  readonly run: FixtureRun;
  readonly asker: Asker;
  readonly fullName: string;
  /** What `catchLoopExceptions(false)` collects. */
  readonly loopExceptions: unknown[];
  readonly errors: ReportedErrors;
  /** Gives its Loop when one of its steps needs it. */
  readonly source: () => Loop;
  /** Ends what runs of it with an error. */
  abort(error: unknown): void;
  /** Nothing of it runs: nothing more comes up, and its body does not run. */
  stop(error: unknown): void;
}

/** A beforeAll or afterAll hook under way. */
export interface RunningHook {
  readonly run: FixtureRun;
  abort(error: unknown): void;
}

/** The errors of one attempt. */
export interface ReportedErrors {
  /** Whether an error has not been reported yet; from now on it has. */
  isNews(error: unknown): boolean;
  /** `promise` is the one that was rejected with it. */
  add(error: unknown, promise?: unknown): void;
}
