/*
 * The parts of jest-circus that we use.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-types/src/Circus.ts
 */

/** A test as Jest registers it. */
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
  /** The number of attempts, the current one included. */
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

/** A hook as Jest registers it. */
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
  /** The `jest.retryTimes` of describe blocks; not in every version. */
  describeRetryOptions?: WeakMap<DescribeBlock, object>;
  testTimeout: number;
  unhandledErrors: unknown[];
}

/** The events of `handleTestEvent` that matter here. */
export type Event =
  | { name: 'setup'; runtimeGlobals: Globals }
  | { name: 'add_test'; fn: TestFn; asyncError: Error }
  | { name: 'add_hook'; fn: TestFn }
  | { name: 'hook_start' | 'hook_success'; hook: Hook }
  | {
      name: 'hook_failure';
      hook: Hook;
      test?: TestEntry;
      /** Of a beforeAll or afterAll hook: the block that it runs for. */
      describeBlock?: DescribeBlock;
      error: unknown;
    }
  | { name: 'test_start' | 'test_skip' | 'test_todo' | 'test_started' | 'test_done'; test: TestEntry }
  | { name: 'test_fn_start' | 'test_fn_success'; test: TestEntry }
  | { name: 'test_fn_failure'; test: TestEntry; error: unknown }
  | { name: 'run_describe_start' | 'run_describe_finish'; describeBlock: DescribeBlock }
  | { name: 'error'; error: unknown }
  | { name: 'run_start' | 'run_finish' };

/** The function of a test or hook. */
export type TestFn = (this: unknown, ...args: unknown[]) => unknown;

/** The members of `@jest/globals` and of the sandbox's global. */
export type Globals = Record<string, unknown>;

/** The full name of a test, against which Jest matches `-t`. */
export function fullNameOf(entry: TestEntry, name: string = entry.name): string {
  const titles = [name];
  for (let block: DescribeBlock | undefined = entry.parent; block?.parent; block = block.parent) {
    titles.unshift(block.name);
  }
  return titles.join(' ');
}

/**
 * Whether a test will run: the condition in `_runTest`.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-circus/src/run.ts#L243-L253
 */
export function isEnabled(entry: TestEntry, state: State, name?: string): boolean {
  if (entry.parent.mode === 'skip' || entry.mode === 'skip' || entry.mode === 'todo') return false;
  if (state.hasFocusedTests && entry.mode === undefined) return false;
  return !state.testNamePattern || state.testNamePattern.test(fullNameOf(entry, name));
}

/** A copy of a test under another name, as if newly registered. */
export function copyTest(entry: TestEntry, name: string): TestEntry {
  return {
    ...entry,
    name,
    errors: [],
    retryReasons: [],
    unhandledRejectionErrorByPromise: new Map(),
  };
}

/** Adds a hook of ours. `asyncError` is its place, for errors without one. */
export function addHook(block: DescribeBlock, type: Hook['type'], fn: TestFn, asyncError: Error): Hook {
  const hook: Hook = { type, fn, asyncError, parent: block, seenDone: false, timeout: NO_TIMEOUT };
  block.hooks.push(hook);
  return hook;
}

/** Whether a hook runs once for its describe block. */
export function isAll({ type }: Hook): boolean {
  return type === 'beforeAll' || type === 'afterAll';
}

/** The each-hooks of a test, in the order in which they run. */
export function eachHooksOf(entry: TestEntry): Hook[] {
  if (entry.concurrent) return [];
  const before: Hook[] = [];
  const after: Hook[] = [];
  for (let block: DescribeBlock | undefined = entry.parent; block !== undefined; block = block.parent) {
    before.unshift(...block.hooks.filter(({ type }) => type === 'beforeEach'));
    after.push(...block.hooks.filter(({ type }) => type === 'afterEach'));
  }
  return [...before, ...after];
}

/** All describe blocks of a file, outermost first. */
export function* describeBlocks(block: DescribeBlock): Generator<DescribeBlock> {
  yield block;
  for (const child of block.children) if (child.type === 'describeBlock') yield* describeBlocks(child);
}

/** All tests in a describe block and the blocks in it. */
export function* testsOf({ children }: DescribeBlock): Generator<TestEntry> {
  for (const child of children) {
    if (child.type === 'test') yield child;
    else yield* testsOf(child);
  }
}

/** Switches circus' own timer off (it would clamp Infinity to 1 ms): managed tests and hooks have our clock. */
export const NO_TIMEOUT = 2 ** 31 - 1;
