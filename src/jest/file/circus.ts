/*
 * The parts of jest-circus that the seam names.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-types/src/Circus.ts
 */

/** A registered test. */
export interface TestEntry {
  type: 'test';
  name: string;
  fn: TestFn | undefined;
  parent: DescribeBlock;
  mode: Mode;
  concurrent: boolean;
  failing: boolean;
  asyncError: Error;
  /** How it ended. */
  status?: 'skip' | 'done' | 'todo' | null;
  errors: unknown[];
  retryReasons: unknown[];
  /** How often it was started: 1 for the first attempt. */
  invocations: number;
  timeout: number | undefined;
  unhandledRejectionErrorByPromise: Map<unknown, unknown>;
}

/** A describe block; the root one is the file. */
export interface DescribeBlock {
  type: 'describeBlock';
  name: string;
  parent?: DescribeBlock;
  mode: Mode;
  children: (DescribeBlock | TestEntry)[];
  tests: TestEntry[];
  hooks: Hook[];
}

/** A registered hook. */
export interface Hook {
  type: 'beforeAll' | 'beforeEach' | 'afterEach' | 'afterAll';
  fn: TestFn;
  parent: DescribeBlock;
  asyncError: Error;
  seenDone: boolean;
  timeout: number | undefined | null;
}

type Mode = 'only' | 'skip' | 'todo' | undefined | null;

/** The state of a test file. */
export interface State {
  currentDescribeBlock: DescribeBlock;
  rootDescribeBlock: DescribeBlock;
  currentlyRunningTest?: TestEntry | null;
  hasFocusedTests: boolean;
  hasStarted: boolean;
  testNamePattern?: RegExp | null;
  /** What `jest.retryTimes` says of whole describe blocks; not in every version. */
  describeRetryOptions?: WeakMap<DescribeBlock, object>;
  testTimeout: number;
  unhandledErrors: unknown[];
}

/** What `handleTestEvent` gets: those of Jest's events that matter here. */
export type Event =
  | { name: 'setup'; runtimeGlobals: Globals }
  | { name: 'add_test'; fn: TestFn }
  | { name: 'add_hook'; fn: TestFn }
  | { name: 'hook_start' | 'hook_success'; hook: Hook }
  | { name: 'hook_failure'; hook: Hook; test?: TestEntry; error: unknown }
  | { name: 'test_start' | 'test_skip' | 'test_started' | 'test_done'; test: TestEntry }
  | { name: 'test_fn_start' | 'test_fn_success'; test: TestEntry }
  | { name: 'test_fn_failure'; test: TestEntry; error: unknown }
  | { name: 'run_describe_start' | 'run_describe_finish'; describeBlock: DescribeBlock }
  | { name: 'run_start' | 'run_finish' };

/** A function that a test or hook is made of. */
export type TestFn = (this: unknown, ...args: unknown[]) => unknown;

/** The members of `@jest/globals` and of the sandbox's global. */
export type Globals = Record<string, unknown>;

/** The full name of a test: what `-t` is matched against. */
export function fullNameOf(entry: TestEntry, name: string = entry.name): string {
  const titles = [name];
  for (let block: DescribeBlock | undefined = entry.parent; block?.parent; block = block.parent) {
    titles.unshift(block.name);
  }
  return titles.join(' ');
}

/**
 * Whether a test will run: the very condition of `_runTest`.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-circus/src/run.ts#L243-L253
 */
export function isEnabled(entry: TestEntry, state: State, name?: string): boolean {
  if (entry.parent.mode === 'skip' || entry.mode === 'skip' || entry.mode === 'todo') return false;
  if (state.hasFocusedTests && entry.mode === undefined) return false;
  return !state.testNamePattern || state.testNamePattern.test(fullNameOf(entry, name));
}

/** A copy of a test under another name, as fresh as if it had just been registered. */
export function copyTest(entry: TestEntry, name: string): TestEntry {
  return {
    ...entry,
    name,
    errors: [],
    retryReasons: [],
    unhandledRejectionErrorByPromise: new Map(),
  };
}

/** A hook of our own; `asyncError` gives the place where nothing else does. */
export function addHook(block: DescribeBlock, type: Hook['type'], fn: TestFn, asyncError: Error): void {
  block.hooks.push({ type, fn, asyncError, parent: block, seenDone: false, timeout: NO_TIMEOUT });
}

/**
 * Switches circus' own timer off (Infinity would be clamped to 1 ms): what is managed has a clock of its own.
 */
export const NO_TIMEOUT = 2 ** 31 - 1;
