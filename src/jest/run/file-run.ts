import type { ProjectOptions } from '../../config/options';
import type { Namespace } from '../../fixtures/declare/declaration';
import type { FixtureHost } from '../../fixtures/life/fixture-host';
import { OpenScopes } from '../../fixtures/life/open-scopes';
import { defaultLimit, type TimeLimit } from '../../fixtures/life/policy';
import type { FixtureRun } from '../../fixtures/life/run';
import type { Loop } from '../../loop';
import type { TestPlan } from '../collect/plan';
import type { Planner } from '../collect/planner';
import type { TestEntry } from '../file/circus';
import type { TestFile } from '../file/test-file';
import { Interrupts } from '../interrupt/interrupt-file';
import { FileOwnerErrors } from '../report/file-owner';
import type { SharedFixtures } from '../shared/shared-fixtures';
import type { AttemptState, RunningHook } from './attempt-state';
import type { Gate } from './gate';
import { HookContexts } from './hook-contexts';
import { ReportedBefore } from './told-before';

/** The living half of a test file: what is up, what runs, and who hears of errors. Its data is the {@link TestFile}. */
export class FileRun {
  host!: FixtureHost;
  planner!: Planner;
  shared!: SharedFixtures;
  readonly homes: OpenScopes;
  /** Takes the errors that belong to no test. */
  readonly errors: FileOwnerErrors;
  readonly hookLayers = new HookContexts();
  readonly interrupts: Interrupts;
  readonly plans = new Map<TestEntry, TestPlan>();
  /** The attempts under way. */
  readonly active = new Map<TestEntry, AttemptState>();
  /** The beforeAll and afterAll hooks that run. */
  readonly allHooks = new Set<RunningHook>();
  /** What beforeAll hooks have failed for, and in which blocks: their tests have been told. */
  readonly toldBefore = new ReportedBefore();
  /** The Loops of the open scopes. */
  readonly loops = new Set<Loop>();
  /** Of those, the Loops that outlive the file. */
  readonly wideLoops = new Set<Loop>();
  /** The serial test that runs or ran last: Jest 30.0 starts concurrent ones beside it. */
  serial: TestEntry | undefined;
  /** Errors beside the one that a test function throws; reported when Jest has taken that one. */
  readonly moreErrors = new Map<TestEntry, unknown[]>();
  /** A closed Loop: what is scheduled on it is dropped. Made on first use. */
  closedLoop: Loop | undefined;

  /** `close` ends the Loop of a scope. */
  constructor(
    readonly testFile: TestFile,
    close: (run: FileRun, loop: Loop) => Promise<void>,
    /** What Jest lets the sandbox do between tests. */
    readonly gate: Gate,
  ) {
    this.errors = new FileOwnerErrors(testFile);
    this.interrupts = new Interrupts(this);
    this.homes = new OpenScopes(loop => close(this, loop));
  }

  get options(): ProjectOptions {
    return this.testFile.options;
  }

  /** The limit of a test. */
  limitOf(plan: TestPlan, run: FixtureRun): TimeLimit {
    return plan.limit ?? defaultLimit(run, 'test', plan.needs.block);
  }

  /** A block runs, perhaps not for the first time. */
  reopen(block: Namespace): void {
    this.homes.reopen(block);
    this.toldBefore.forget(block);
    this.hookLayers.forget(block);
  }
}

/** An attempt with the run that it belongs to. */
export interface AttemptOfRun extends AttemptState {
  readonly fileRun: FileRun;
}
