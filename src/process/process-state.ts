import { type AsyncLocalStorage, type AsyncResource, ownResource, ownStorage } from '../node/async-hooks';
import type { Observer } from '../observe/events/observer';
import { captureRealTimers, type RealTimers } from './real-timers';
import type { RealWork } from './real-work';
import type { Awaiting } from './waiting';

/**
 * A step's form in the async context. A function, because up to Node 22 each promise holds it under a symbol: code that
 * compares or prints promises does not look into functions.
 * https://github.com/nodejs/node/blob/v22.x/lib/internal/async_local_storage/async_hooks.js
 */
export type Carried = () => object;

/**
 * The state that outlives a test file: one per process (per thread), however often this package is loaded, inside the
 * sandboxes of test files and outside.
 */
export interface ProcessState {
  /** Carries the current step. */
  readonly steps: AsyncLocalStorage<Carried>;
  readonly real: RealTimers;
  /** The Loops installed outside of every step, the current one last. */
  readonly installed: unknown[];
  /** Set by `setEventLoop` outside of every step. */
  eventLoop: unknown;
  /** The managed tests, for `isManagedTest`. */
  readonly managed: WeakSet<object>;
  /** What links a service to the entrypoint that runs it, which may be of another realm. */
  readonly services: WeakMap<object, object>;
  /** The global objects and modules with ambient timers. */
  readonly ambient: WeakSet<object>;
  /** Emitters are watched whose steps Node loses. */
  keepsLostSteps: boolean;
  /** Calls a function outside of every step, test and AsyncLocalStorage. */
  outer<T>(fn: () => T): T;
  /** Makes pools of threads or processes; set by the first copy that can load one. */
  makePool: unknown;
  /** The configured number of threads in a Loop's pool. */
  poolSize: number | undefined;
  /** Listens to what happens; undefined unless a reader wants the stream. */
  observer: Observer | undefined;
  /** Makes the backend of a Loop; set by the environment of the running test file. */
  makeBackend: unknown;
  /** The timers of backends whose handles may be numbers; undefined while there are none. */
  numbered: ReadonlyMap<number, unknown> | undefined;
  /** Those that wait for a promise, while any Loop is on a backend. */
  awaiting: Awaiting | undefined;
  /** What the test file has under way on real time; undefined where no backend needs to know. */
  realWork: RealWork | undefined;
  /**
   * The open Loops with the global objects of their realms and the owners of the code that made them, from the first
   * test file or shared fixture on: user code may make its own.
   */
  openLoops: Map<object, { readonly realm: object; readonly maker: unknown }> | undefined;
  /** The last id that something in this process got in a stream of events: objects keep theirs over several runs. */
  lastObservedId: number;
  /** The state of the Jest side; made on first use. */
  jest: object | undefined;
}

/** The key of this state in each realm's global object. */
export const PROCESS_STATE = Symbol.for('jest-loop.process');

/** The async context of the first load, outside of all others. */
function outerContext(): AsyncResource {
  const context = ownResource('jest-loop', { requireManualDestroy: true });
  // Otherwise `--detectOpenHandles` takes it for an open handle.
  context.emitDestroy();
  return context;
}

function makeProcessState(): ProcessState {
  const context = outerContext();
  return {
    steps: ownStorage(),
    real: captureRealTimers(),
    installed: [],
    eventLoop: undefined,
    managed: new WeakSet(),
    services: new WeakMap(),
    ambient: new WeakSet(),
    outer: fn => context.runInAsyncScope(fn),
    makePool: undefined,
    poolSize: undefined,
    observer: undefined,
    makeBackend: undefined,
    numbered: undefined,
    awaiting: undefined,
    realWork: undefined,
    keepsLostSteps: false,
    openLoops: undefined,
    lastObservedId: 0,
    jest: undefined,
  };
}

const globals = globalThis as unknown as Record<symbol, ProcessState | undefined>;

globals[PROCESS_STATE] ??= makeProcessState();

/** The state of this process. */
export const processState: ProcessState = globals[PROCESS_STATE];
