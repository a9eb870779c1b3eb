import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import * as nodeTimers from 'node:timers';
import * as timersPromises from 'node:timers/promises';
import type { RealTimers } from '../process/real-time';
import type { Step } from './step';

/**
 * What the async context holds of a step. A function, because up to Node 22 it lies in each promise under a symbol: to
 * whoever compares or prints a promise, a function is nothing that he would look into.
 * https://github.com/nodejs/node/blob/v22.x/lib/internal/async_local_storage/async_hooks.js
 */
export type Carried = () => Step;

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
  /** What setup files meet that are loaded outside of the tests. */
  collector: unknown;
  /** Calls a function as if nobody had: outside of every step, test and AsyncLocalStorage. */
  outer<T>(fn: () => T): T;
  /** What this process has of all that outlives test files. */
  workerSide: unknown;
  /** The same of Jest's main process, while it runs tests. */
  mainSide: unknown;
  /** Makes pools of threads or processes; set by the first who can load one. */
  makePool: unknown;
  /** How many threads the pool of a Loop has, where it is said. */
  poolSize: number | undefined;
  /** The run of test files, in the process that Jest was started in. */
  mainRun: unknown;
  /** Called when the run is interrupted: each ends what it has in this process. */
  readonly interrupts: Set<() => void>;
  /** How many test files of ours run in this process. */
  files: number;
  /** Ends the count of the file whose environment is there and not yet set up: Jest may drop it without a word. */
  begins: (() => void) | undefined;
  /** This worker was told to end what it runs. */
  interrupted: boolean;
  /** This worker hears of that. */
  listens: boolean;
  /** This worker has lost its main process. */
  orphaned: boolean;
  /** How long in ms Jest may take to replace this worker, which has too much memory; 0 where it stays. */
  replacement: number;
  /** This worker was told to end, and does. */
  ends: boolean;
  /** What such a worker has to end before it goes. */
  readonly farewells: Set<() => Promise<unknown>>;
}

/** Under which the store is found, in the global object of each realm. */
export const STORE = Symbol.for('jest-loop.worker');

/** The async context in which this is first loaded, which is nobody's. */
function outerContext(): AsyncResource {
  const context = new AsyncResource('jest-loop', { requireManualDestroy: true });
  // Else `--detectOpenHandles` takes it for an open handle.
  context.emitDestroy();
  return context;
}

function makeStore(): WorkerStore {
  const context = outerContext();
  // A browser's window has not all of them.
  const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate } =
    globalThis.setImmediate === undefined ? nodeTimers : globalThis;
  return {
    steps: new AsyncLocalStorage(),
    real: {
      setTimeout,
      clearTimeout,
      setInterval,
      clearInterval,
      setImmediate,
      clearImmediate,
      queueMicrotask: globalThis.queueMicrotask,
      promises: {
        setTimeout: timersPromises.setTimeout,
        setImmediate: timersPromises.setImmediate,
        setInterval: timersPromises.setInterval,
        wait: timersPromises.scheduler.wait.bind(timersPromises.scheduler),
      },
      now: performance.now.bind(performance),
    },
    installed: [],
    eventLoop: undefined,
    managed: new WeakSet(),
    ambient: new WeakSet(),
    collector: undefined,
    outer: fn => context.runInAsyncScope(fn),
    workerSide: undefined,
    mainSide: undefined,
    makePool: undefined,
    poolSize: undefined,
    mainRun: undefined,
    interrupts: new Set(),
    files: 0,
    begins: undefined,
    interrupted: false,
    listens: false,
    orphaned: false,
    replacement: 0,
    ends: false,
    farewells: new Set(),
  };
}

const globals = globalThis as unknown as Record<symbol, WorkerStore | undefined>;

globals[STORE] ??= makeStore();

/** The store of this process; made by the first who asks. */
export const worker: WorkerStore = globals[STORE];
