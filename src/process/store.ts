import { type AsyncLocalStorage, type AsyncResource, ownResource, ownStorage } from '../node/async-hooks';
import { captureRealTimers, type RealTimers } from './real-timers';

/**
 * What the async context holds of a step. A function, because up to Node 22 it lies in each promise under a symbol: to
 * whoever compares or prints a promise, a function is nothing that he would look into.
 * https://github.com/nodejs/node/blob/v22.x/lib/internal/async_local_storage/async_hooks.js
 */
export type Carried = () => object;

/**
 * All that outlives a test file: one per process (per thread), whatever loads this package how often, in the
 * sandboxes of Jest's test files as well as outside of them.
 */
export interface WorkerStore {
  /** Carries the step that code runs in. */
  readonly steps: AsyncLocalStorage<Carried>;
  readonly real: RealTimers;
  /** The Loops installed where there is no step, the current one last. */
  readonly installed: unknown[];
  /** What `setEventLoop` set where there is no step. */
  eventLoop: unknown;
  /** The tests that are managed, for `isManagedTest`. */
  readonly managed: WeakSet<object>;
  /** The global timers belong to Loops already. */
  readonly ambient: WeakSet<object>;
  /** Calls a function as if nobody had: outside of every step, test and AsyncLocalStorage. */
  outer<T>(fn: () => T): T;
  /** Makes pools of threads or processes; set by the first who can load one. */
  makePool: unknown;
  /** How many threads the pool of a Loop has, where it is said. */
  poolSize: number | undefined;
  /** What the Jest side keeps beside it; made on first use. */
  jest: object | undefined;
}

/** Under which the store is found, in the global object of each realm. */
export const STORE = Symbol.for('jest-loop.worker');

/** The async context in which this is first loaded, which is nobody's. */
function outerContext(): AsyncResource {
  const context = ownResource('jest-loop', { requireManualDestroy: true });
  // Else `--detectOpenHandles` takes it for an open handle.
  context.emitDestroy();
  return context;
}

function makeStore(): WorkerStore {
  const context = outerContext();
  return {
    steps: ownStorage(),
    real: captureRealTimers(),
    installed: [],
    eventLoop: undefined,
    managed: new WeakSet(),
    ambient: new WeakSet(),
    outer: fn => context.runInAsyncScope(fn),
    makePool: undefined,
    poolSize: undefined,
    jest: undefined,
  };
}

const globals = globalThis as unknown as Record<symbol, WorkerStore | undefined>;

globals[STORE] ??= makeStore();

/** The store of this process; made by the first who asks. */
export const worker: WorkerStore = globals[STORE];
