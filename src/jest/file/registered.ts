import type { Problem } from '../../errors/problem';
import type { TestType } from '../../fixtures/declare/test-type';
import type { AskedName } from '../../parameters';
import type { GivenMarkers, Markers } from './markers';
import type { SandboxFunction } from './realm';

/** The options of one test, after its name. */
export interface TestOptions extends GivenMarkers {
  readonly timeout?: number;
  readonly overrides?: Readonly<Record<string, unknown>>;
  readonly setup?: 'parallel' | 'sequential';
  readonly tags?: readonly string[];
}

/** A user's function, as it was given. */
export type UserFn = (this: unknown, ...args: unknown[]) => unknown;

/** How a test's function is called. */
export interface Callee {
  readonly fn: UserFn;
  /** The values of its row of `.each`. */
  readonly row: readonly unknown[];
  /** It takes Jest's `done` after these. */
  readonly takesDone: boolean;
}

/** What a test asks for; tests that ask for nothing have no such record. */
export interface RegisteredTest {
  readonly callee: Callee;
  /** Undefined: its function gets no fixtures, but what else it has (options, auto fixtures) is done for it. */
  readonly requested: readonly AskedName[] | undefined;
  /** The parameter has a default: it asks for those of its names that the project declares, if any. */
  readonly lenient: boolean;
  readonly testType: TestType;
  readonly options: TestOptions;
  /** Its own: those of its modifiers and, over them, of its options. */
  readonly markers: Markers;
  /** Found when it was registered; told when it is its turn, and not at all where it is skipped. */
  readonly problem: Problem | undefined;
}

/** What a hook asks for; hooks that ask for nothing have no such record. */
export interface RegisteredHook {
  readonly fn: UserFn;
  readonly requested: readonly AskedName[];
  /** As with a test's. */
  readonly lenient: boolean;
  readonly testType: TestType;
  readonly problem: Problem | undefined;
}

/** What the own `test` says about the test that Jest is about to register. */
export interface Registration {
  readonly testType: TestType;
  readonly options: TestOptions | undefined;
  /** Of its modifiers and, over them, of its options; undefined without any. */
  readonly markers: Markers | undefined;
  readonly outer: SandboxFunction;
  /** The place, where it is not the call of `outer`. */
  readonly place?: Error;
  /** The sandbox's `Error.stackTraceLimit`, where it is 0 during Jest's own part. */
  readonly limit?: number;
  /** The function of `.each`, of which Jest sees a stand-in. */
  readonly each: { readonly fn: RegisteredTest['callee']['fn']; readonly takesDone: boolean } | undefined;
}
