import type { NamedRequester } from '../../../errors/site';
import type { Namespace } from '../../../fixtures/declare/declaration';
import type { TestType } from '../../../fixtures/declare/test-type';
import type { FixtureRun } from '../../../fixtures/life/fixture-run';
import type { Step } from '../../../loop/steps/step';
import type { AsyncTimeout } from '../../../timeouts/clock';
import type { TimeLimit } from '../../../timeouts/time-limit';
import type { Callee } from '../../file/registered';
import type { AttemptView } from '../state/attempt-view';
import type { FileRun } from '../state/file-run';

/** The body of a test, or a hook: what its call needs to know. */
export interface BodyOrHook {
  readonly fileRun: FileRun;
  readonly step: Step;
  readonly limit: TimeLimit;
  readonly clock?: AsyncTimeout | undefined;
  /** The test or hook as messages name it. */
  requester(): NamedRequester;
  /** The test it runs for; undefined for beforeAll and afterAll. */
  readonly attempt: AttemptView | undefined;
  readonly callee: Callee;
  /** Where it looks up fixtures. */
  readonly view: { readonly namespace: Namespace; readonly testType: TestType };
  /** The fixtures it may request at run time; those of {@link attempt} where it runs for a test. */
  readonly fixtures?: FixtureRun;
  readonly isBody: boolean;
  /** Whether anything has read a signal that it was given. */
  usesSignal(): boolean;
  /** Aborts the signals that it was given. */
  abort(reason: unknown): void;
}
