import type { AskedEvent, DeclaredEvent } from './listed';
import type { ObservedError, Outcome, PhaseOutcome } from './outcome';

export type { ObservedError, Outcome, PhaseOutcome };

/*
 * What happens in a run, as one stream of events per process, in a file of the run's own folder. See marks.ts for its
 * lines. An event does not change once it is emitted: it is written later.
 */

/**
 * The id of a lane (a process or worker thread), file, attempt, hook, fixture or instance. In the stream of a process
 * its own are numbers. Readers make them strings that are unique in the run, so that one can follow an instance over
 * processes.
 */
export type Id = string | number;

/** The id that something has outside the stream of its process. */
export const inLane = (lane: Id, id: number): Id => `${lane}.${id}`;

/** The first event of each process: it is there. */
export interface LaneEvent {
  readonly type: 'lane';
  readonly lane: Id;
  readonly pid: number;
  /** Jest's number of a worker, from 1; undefined: Jest's main process. A killed worker's successor has its number. */
  readonly worker?: number;
}

/** A part of the run begins or has ended in Jest's main process. Projects with different runners are different parts. */
export interface RunEvent {
  readonly type: 'run-begin' | 'run-end';
  /** The files run in the main process. */
  readonly inBand?: boolean;
  /** What the readers show paths relative to. */
  readonly root?: string;
  /** How many files were to run. */
  readonly files?: number;
  /** Why it ended. */
  readonly reason?: 'done' | 'bail' | 'interrupt' | 'error';
}

/** A test file begins: its environment is made. */
export interface FileBegin {
  readonly type: 'file-begin';
  readonly file: Id;
  /** Absolute. */
  readonly path: string;
  /** Of the project. */
  readonly root: string;
  /** The name of the project, where it has one. */
  readonly project?: string;
}

/** A test file has ended: its environment is gone. */
export interface FileEnd {
  readonly type: 'file-end';
  readonly file: Id;
  /** `skipped`: all its tests were. */
  readonly outcome: Outcome;
  /** What failed the file itself, and no test. */
  readonly errors?: readonly ObservedError[];
}

/** One attempt of a test begins: before its beforeEach hooks and set-ups. A retry is another one, with another id. */
export interface TestBegin {
  readonly type: 'test-begin';
  readonly test: Id;
  readonly file: Id;
  /** The titles of the describe blocks around it, outermost first, and its own. */
  readonly titles: readonly string[];
  /** From 1; absent for the first. */
  readonly attempt?: number;
  /** The id of the first; absent for that. */
  readonly first?: Id;
  readonly concurrent?: true;
  /** `test/a.test.ts:12`, for the first tests of a file that request fixtures: for each small test it would cost too much. */
  readonly at?: string;
}

/** The body of a test with fixtures begins: they are up. */
export interface BodyBegin {
  readonly type: 'body-begin';
  readonly test: Id;
}

/** The body has ended, or a failed set-up kept it from running; teardown follows. */
export interface BodyEnd {
  readonly type: 'body-end';
  readonly test: Id;
}

/** An attempt has ended: after its teardowns. A skipped test has this event alone, with `titles`. */
export interface TestEnd {
  readonly type: 'test-end';
  readonly test: Id;
  readonly file: Id;
  readonly outcome: Outcome;
  readonly errors?: readonly ObservedError[];
  /**
   * The instances that it used: those that it, its hooks and its fixtures requested, and automatic ones. In the stream
   * without those that were set up for it.
   */
  readonly uses?: readonly Id[];
  readonly titles?: readonly string[];
  /** The place of a test that has failed or took long. */
  readonly at?: string;
}

/** A hook begins: before the set-up of what it requests. */
export interface HookBegin {
  readonly type: 'hook-begin';
  readonly hook: Id;
  readonly file: Id;
  readonly kind: 'beforeAll' | 'beforeEach' | 'afterEach' | 'afterAll';
  /** The attempt that an each-hook runs for. */
  readonly test?: Id;
}

/** A hook has ended. */
export interface HookEnd {
  readonly type: 'hook-end';
  readonly hook: Id;
  readonly outcome: PhaseOutcome;
  readonly error?: ObservedError;
}

/** A declaration that is used for the first time in this process. Later events of the process refer to its id. */
export interface FixtureEvent {
  readonly type: 'fixture';
  readonly fixture: Id;
  readonly name: string;
  readonly scope: string;
  /** `test/fixtures.ts:3`; absent for a built-in. */
  readonly at?: string;
  /** The absolute path of that file. */
  readonly path?: string;
  readonly auto?: boolean;
  /** The names that it requests. */
  readonly requests: readonly string[];
  /** The test file in which the id is used; absent where it outlives files. */
  readonly file?: Id;
}

/** A set-up begins: an instance is made. */
export interface SetUpBegin {
  readonly type: 'set-up-begin';
  readonly instance: Id;
  readonly fixture: Id;
  /** The id of its own parameter. */
  readonly param?: string;
  /** The instances that it was given, in this process. */
  readonly uses: readonly Id[];
  /** The attempt or hook that it is set up for; it may be one of another process. */
  readonly requester?: Id;
  /** The same as text: `test "adds"`. Left out in the stream for a test of this process, whose titles say it. */
  readonly requestedBy?: string;
  /** The instance that requested it by `request.get`. */
  readonly by?: Id;
  /** The test file that it belongs to; absent where it outlives files. */
  readonly file?: Id;
  /** The titles of the describe block that it lives in, outermost first; of that scope, and empty for the file's own. */
  readonly block?: readonly string[];
}

/** A set-up has ended: the value is there, or never will be. */
export interface SetUpEnd {
  readonly type: 'set-up-end';
  readonly instance: Id;
  readonly outcome: PhaseOutcome;
  readonly error?: ObservedError;
}

/** A teardown begins. A fixture in which nothing runs then has the next event alone. */
export interface TearDownBegin {
  readonly type: 'tear-down-begin';
  readonly instance: Id;
}

/** An instance is down: its teardown has ended. */
export interface TearDownEnd {
  readonly type: 'tear-down-end';
  readonly instance: Id;
  readonly outcome: PhaseOutcome;
  readonly errors?: readonly ObservedError[];
}

/** A test file stands in for an instance that lives outside of it: `directory`, `worker`, `session`. */
export interface StandIn {
  readonly type: 'stand-in';
  readonly standIn: Id;
  readonly fixture: Id;
}

/** The process in which that instance lives says which one it is. */
export interface StandsFor {
  readonly type: 'stands-for';
  readonly standIn: Id;
  readonly instance: Id;
}

/** A test, hook or fixture has waited for a set-up that another requester, or another process, had begun. */
export interface WaitEvent {
  readonly type: 'wait';
  /** The attempt or hook that waited. */
  readonly requester: Id;
  /** The instance that waited, by `request.get`. */
  readonly by?: Id;
  /** What it waited for: an instance, or a stand-in. */
  readonly instance: Id;
  /** When it began to wait; it ended at the time of the event. */
  readonly begin: number;
}

/** A time limit has expired. */
export interface TimeLimitEvent {
  readonly type: 'time-limit';
  /** The attempt, hook or instance whose function was ended. */
  readonly of: Id;
  readonly phase: 'test' | 'hook' | 'set up' | 'tear down';
  /** The limit in ms. */
  readonly limit: number;
  /** What the function was waiting for, one text each. */
  readonly waiting: readonly string[];
}

/** Ctrl-C, or the like, reached this process. */
export interface InterruptEvent {
  readonly type: 'interrupt';
}

/** Everything that happens. */
export type HappenedEvent =
  | LaneEvent
  | RunEvent
  | FileBegin
  | FileEnd
  | TestBegin
  | BodyBegin
  | BodyEnd
  | TestEnd
  | HookBegin
  | HookEnd
  | FixtureEvent
  | SetUpBegin
  | SetUpEnd
  | TearDownBegin
  | TearDownEnd
  | StandIn
  | StandsFor
  | WaitEvent
  | TimeLimitEvent
  | InterruptEvent
  | DeclaredEvent
  | AskedEvent;

/** An event as it stands in the stream. */
export type TimedEvent = HappenedEvent & { readonly time: number };
