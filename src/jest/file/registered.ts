import type { Problem } from '../../errors/problem';
import type { TestType } from '../../fixtures/declare/test-type';
import type { RequestedName } from '../../parameters';
import type { GivenMarkers, Markers } from './markers';
import type { SandboxFunction } from './realm';

/** The options of one test, after its name. */
export interface TestOptions extends GivenMarkers {
  readonly timeout?: number;
  readonly overrides?: Readonly<Record<string, unknown>>;
  readonly setup?: 'parallel' | 'sequential';
  readonly tags?: readonly string[];
  readonly loopFactories?: readonly string[];
}

/** A function of the user's. */
export type UserFn = (this: unknown, ...args: unknown[]) => unknown;

/** A test's function, and how to call it. */
export interface Callee {
  readonly fn: UserFn;
  /** The values of its row in `.each`. */
  readonly row: readonly unknown[];
  /** It takes Jest's `done` after the row. */
  readonly takesDone: boolean;
}

/** A test that uses something of ours; other tests have no record. */
export interface RegisteredTest {
  readonly callee: Callee;
  /** Undefined if the function requests no fixtures; the test may still have options and automatic fixtures. */
  readonly requested: readonly RequestedName[] | undefined;
  /** The parameter has a default: it requests only names that the project declares. */
  readonly lenient: boolean;
  readonly testType: TestType;
  readonly options: TestOptions;
  /** From its modifiers and, over them, its options. */
  readonly markers: Markers;
  /** Found at registration; reported when the test runs, and not at all if it is skipped. */
  readonly problem: Problem | undefined;
}

/** A hook that requests fixtures, or has a mistake; other hooks have no record. */
export interface RegisteredHook {
  readonly fn: UserFn;
  readonly requested: readonly RequestedName[];
  /** As for a test. */
  readonly lenient: boolean;
  readonly testType: TestType;
  readonly problem: Problem | undefined;
}

/** What our `test` knows about the test that Jest is about to register. */
export interface Registration {
  readonly testType: TestType;
  readonly options: TestOptions | undefined;
  /** From its modifiers and, over them, its options; undefined without any. */
  readonly markers: Markers | undefined;
  readonly outer: SandboxFunction;
  /** The test's place; undefined: that is the call of `outer`, not captured yet. */
  readonly place?: Error;
  /** The sandbox's `Error.stackTraceLimit`, if it is 0 while Jest registers the test. */
  readonly limit?: number;
  /** The function of `.each`; Jest has a probe in its place. */
  readonly each: { readonly fn: RegisteredTest['callee']['fn']; readonly takesDone: boolean } | undefined;
}
