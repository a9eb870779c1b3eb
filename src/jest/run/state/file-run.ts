import type { ProjectOptions } from '../../../config/options';
import type { Namespace } from '../../../fixtures/declare/declaration';
import type { FixtureHost } from '../../../fixtures/life/interfaces/views';
import { OpenScopes } from '../../../fixtures/life/open-scopes';
import type { Loop } from '../../../loop';
import type { ChaosTests } from '../../chaos/chaos-tests';
import type { FilePlan } from '../../collect/plan-file';
import type { Hook, State, TestEntry } from '../../file/circus';
import type { TestFile } from '../../file/test-file';
import { Interrupts } from '../../interrupt/interrupt-file';
import { TestFileOwner } from '../../report/test-file-owner';
import type { SharedFixtures } from '../../shared/shared-fixtures';
import type { AttemptView, RunningAllHookView } from './attempt-view';
import type { Gate } from './gate';
import { HookContexts } from './hook-contexts';
import { ReportedBefore } from './reported-before';
import { Skips } from './skips';

/** The run of a test file: its open scopes, attempts, errors and interrupts. Its data is the {@link TestFile}. */
export class FileRun {
  host!: FixtureHost;
  shared!: SharedFixtures;
  /** What each test and hook needs; made at the end of collection. */
  plan!: FilePlan;
  readonly scopes: OpenScopes;
  /** Takes the errors that belong to no test. */
  readonly errors: TestFileOwner;
  readonly hookContexts = new HookContexts();
  readonly interrupts: Interrupts;
  readonly skips: Skips;
  /** The attempts under way. */
  readonly attempts = new Map<TestEntry, AttemptView>();
  /** The beforeAll and afterAll hooks under way. */
  readonly runningHooks = new Set<RunningAllHookView>();
  /** The beforeAll hooks whose tasks have failed since, with their errors. */
  readonly deadHooks: { readonly namespace: Namespace; readonly error: unknown }[] = [];
  readonly reportedBefore = new ReportedBefore();
  /** Whether the environment looks at an event after every subclass of it. */
  handlesLast = false;
  /** Whether no class below or above it looks at events. */
  handlesAlone = false;
  /** Tests without hooks are torn down as Jest takes their outcome. */
  endsWithOutcome = false;
  /** The hooks that this package adds: they tear down. */
  readonly endHooks = new Set<Hook>();
  /** Reports what happens; undefined unless a reader wants the stream of events. */
  observed: FileObserved | undefined;
  /** The Loops of the open scopes. */
  readonly loops = new Set<Loop>();
  /** Those of {@link loops} that outlive the file. */
  readonly sharedLoops = new Set<Loop>();
  /** The serial test that runs or ran last: Jest 30.0 starts concurrent ones beside it. */
  serialTest: TestEntry | undefined;
  /** Further errors of a test, reported once Jest has taken the one that its function throws. */
  readonly moreErrors = new Map<TestEntry, unknown[]>();
  /** The tests on the backend `chaos`; undefined before the first. */
  chaos: ChaosTests | undefined;
  /** It has warned of a backend that tests in a wide Loop do not get. */
  hasWarnedOfBackend = false;
  /** A closed Loop: what is scheduled on it is dropped. Made on first use. */
  closedLoop: Loop | undefined;

  constructor(
    readonly testFile: TestFile,
    /** Ends the Loop of a scope. */
    closeLoop: (run: FileRun, loop: Loop) => Promise<void>,
    readonly gate: Gate,
  ) {
    this.errors = new TestFileOwner(testFile);
    this.interrupts = new Interrupts(this);
    this.skips = new Skips(testFile);
    this.scopes = new OpenScopes(loop => closeLoop(this, loop));
  }

  get options(): ProjectOptions {
    return this.testFile.options;
  }

  /** A describe block starts, perhaps again for a retry: what its last run left is gone. */
  reopen(namespace: Namespace): void {
    this.scopes.reopen(namespace);
    this.reportedBefore.forget(namespace);
    this.hookContexts.forget(namespace);
  }
}

/** Reports what happens in a file. */
export interface FileObserved {
  /** A test is registered, perhaps one of many by the same call. */
  testAdded(): void;
  /** The file is planned, and nothing has run. */
  collected(state: State): Promise<void> | undefined;
  /** A test that does not run. */
  leftOut(entry: TestEntry, outcome: 'skipped' | 'todo'): void;
  testBegins(entry: TestEntry): void;
  /** An attempt is over, teardown included, and has all its errors. */
  testEnds(entry: TestEntry): void;
  hookBegins(hook: Hook): void;
  hookEnds(hook: Hook, failure?: { readonly error: unknown }): void;
  /** All tests have run. */
  ran(): void;
  attemptMade(attempt: RunningAttempt): void;
  /** A time limit of an attempt has expired. */
  timeLimit(attempt: RunningAttempt): void;
  /** `owner` owns the errors of a beforeAll or afterAll hook. */
  hookRuns(hook: Hook, owner: object): void;
  /** The body of a test with fixtures begins. */
  bodyBegins(attempt: object): void;
  /** It has ended, or will not run. */
  bodyEnded(attempt: object): void;
  /** The environment is gone, or could not be made. */
  ended(error?: { readonly error: unknown }): void;
}

/** An attempt with the file run it belongs to. */
export interface RunningAttempt extends AttemptView {
  readonly fileRun: FileRun;
}
