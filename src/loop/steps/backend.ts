import type { Site } from '../../errors/site';
import type { RealTimers } from '../../process/real-timers';
import type { Step } from './step';

/** A backend by its name, with its options. */
export interface BackendChoice {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Where the fixture `loopBackend` that chose it is declared. */
  readonly site?: Site;
}

/** A timer that code in a Loop sets. */
export interface TimerRequest {
  readonly step: Step;
  readonly name: 'setTimeout' | 'setInterval' | 'setImmediate';
  readonly callback: (this: unknown, ...args: unknown[]) => unknown;
  /** The arguments after the callback. */
  readonly rest: readonly unknown[];
  /** The function that the user called. */
  readonly above: (...args: never[]) => unknown;
}

/** Work of a Loop that is not a timer: a sleep, a callback, a new task. */
export interface LaterWork {
  readonly kind: 'sleep' | 'callback' | 'task';
  readonly step: Step | undefined;
  readonly site: Error | undefined;
  describe(): string;
}

/** What drives the time and the order of a Loop's work. A Loop without one is on Node's own. */
export interface LoopBackend extends BackendChoice {
  /** Milliseconds on the Loop's clock: monotonic. */
  now(): number;
  /** Milliseconds since 1970, for `Date`. */
  wallClock(): number;
  /** Sets a timer. Returns its handle, as the global function does. */
  startTimer(request: TimerRequest): unknown;
  /** Calls `fn` in `ms` milliseconds; 0 is the next turn. Returns a function that cancels it. */
  later(ms: number, fn: () => void, work: LaterWork): () => void;
  /** Begins a task; without it, a task begins in a microtask. */
  startTask?(begin: () => void, work: LaterWork): void;
  /** Records where all work was started, however short it is. */
  readonly traces?: boolean;
  /** In place of `node:timers/promises`. */
  readonly promises: RealTimers['promises'];
  /** Ends it: nothing that is scheduled on it runs any more. */
  close(): void;
}

/** Makes the backend of a Loop. Set by the environment of the running test file. */
export type MakeBackend = (choice: BackendChoice) => LoopBackend;
