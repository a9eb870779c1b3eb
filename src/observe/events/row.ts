import type { Id, ObservedError, Outcome, PhaseOutcome } from './event';

/*
 * What a timeline page gets: an array of rows, each a finished part of the run. A row is written as soon as its part has
 * ended, so they are never all in memory; rows refer to each other by id, in any order. Times are in ms since the epoch.
 */

/** A span of time. */
interface Span {
  readonly begin: number;
  readonly end: number;
  /** Its process was killed or the run cut short before it had ended: `end` is the last that was heard. */
  readonly lost?: true;
}

/** The run as a whole. There is one, the last row. */
export interface RunRow extends Span {
  readonly row: 'run';
  readonly inBand: boolean;
  readonly reason: 'done' | 'bail' | 'interrupt' | 'error';
  /** The project's root; paths in `at` are relative to it. */
  readonly root: string;
  /** The version of this package. */
  readonly version: string;
  readonly counts: { readonly files: number; readonly tests: number; readonly failed: number };
}

/** A process, or worker thread: one lane of the picture. */
export interface LaneRow extends Span {
  readonly row: 'lane';
  readonly id: Id;
  /** `main process`, `worker 1`, `worker 1 (2)`. */
  readonly name: string;
  readonly pid: number;
  /** Files run in it. */
  readonly hasFiles: boolean;
}

/** Something that the page says beside the picture: `worker 1 ended early …`. */
export interface NoteRow {
  readonly row: 'note';
  readonly lane?: Id;
  readonly text: string;
}

/** A test file. */
export interface FileRow extends Span {
  readonly row: 'file';
  readonly id: Id;
  readonly lane: Id;
  /** Relative to the root of its project, with `/`. */
  readonly path: string;
  readonly project?: string;
  readonly outcome: Outcome;
  readonly errors?: readonly ObservedError[];
}

/** One attempt of a test, from its first hook to its last teardown. */
export interface TestRow extends Span {
  readonly row: 'test';
  readonly id: Id;
  readonly lane: Id;
  readonly file: Id;
  readonly titles: readonly string[];
  /** From 1. */
  readonly attempt: number;
  /** Other tests run at the same time: its span overlaps theirs. */
  readonly concurrent?: true;
  readonly at?: string;
  /** Where the body itself began and ended; absent for a test without fixtures. */
  readonly body?: readonly [begin: number, end: number];
  readonly outcome: Outcome;
  readonly errors?: readonly ObservedError[];
  /** Instances and stand-ins. */
  readonly uses?: readonly Id[];
}

/** A hook. */
export interface HookRow extends Span {
  readonly row: 'hook';
  readonly id: Id;
  readonly lane: Id;
  readonly file: Id;
  readonly kind: 'beforeAll' | 'beforeEach' | 'afterEach' | 'afterAll';
  readonly test?: Id;
  readonly outcome: PhaseOutcome;
  readonly error?: ObservedError;
}

/** A declaration, once for all processes; its durations stand in the {@link DurationRow} of the same id. */
export interface FixtureRow {
  readonly row: 'fixture';
  readonly id: Id;
  readonly name: string;
  readonly scope: string;
  readonly at?: string;
  readonly auto?: boolean;
  /** The names that it requests. */
  readonly requests: readonly string[];
}

/** One life of a fixture. */
export interface InstanceRow {
  readonly row: 'instance';
  readonly id: Id;
  readonly lane: Id;
  /** A {@link FixtureRow}. */
  readonly fixture: Id;
  readonly param?: string;
  /** Instances and stand-ins. */
  readonly uses: readonly Id[];
  /** A test or hook, perhaps of another lane. */
  readonly requester?: Id;
  readonly requestedBy: string;
  /** The instance that requested it by `request.get`. */
  readonly by?: Id;
  readonly file?: Id;
  readonly setUp: InstancePhase;
  /** Absent where the set-up failed, or nothing was heard of it. */
  readonly tearDown?: InstancePhase;
}

/** The set-up or teardown of an instance. */
export interface InstancePhase extends Span {
  readonly outcome: PhaseOutcome;
  readonly errors?: readonly ObservedError[];
}

/** A stand-in's instance: resolves an id in `uses` or `instance` of another row. */
export interface StandInRow {
  readonly row: 'stand-in';
  readonly id: Id;
  readonly fixture: Id;
}

/** Which instance a stand-in stands for. */
export interface StandsForRow {
  readonly row: 'stands-for';
  readonly standIn: Id;
  readonly instance: Id;
}

/** A test, hook or fixture waited for a set-up that it had not begun itself. */
export interface WaitRow extends Span {
  readonly row: 'wait';
  readonly lane: Id;
  readonly requester: Id;
  readonly by?: Id;
  /** An instance or a stand-in. */
  readonly instance: Id;
}

/** A time limit expired. */
export interface TimeLimitRow {
  readonly row: 'time-limit';
  readonly lane: Id;
  readonly time: number;
  /** A test, hook or instance. */
  readonly of: Id;
  readonly phase: 'test' | 'hook' | 'set up' | 'tear down';
  readonly limit: number;
  readonly waiting: readonly string[];
}

/** Ctrl-C, or the like. */
export interface InterruptRow {
  readonly row: 'interrupt';
  readonly lane: Id;
  readonly time: number;
}

/** One line of the durations table, the most expensive first. Times in ms. */
export interface DurationRow {
  readonly row: 'duration';
  /** A {@link FixtureRow}. */
  readonly fixture: Id;
  /** How often it was set up. */
  readonly count: number;
  /** Set-ups and teardowns together. */
  readonly total: number;
  readonly setUp: PhaseDurations;
  readonly tearDown: PhaseDurations;
  /** Of the time in which test files could run, 0 to 1: the run's time, for each worker. */
  readonly share: number;
  /** How many tests used it. */
  readonly tests: number;
  /** How many tests and hooks were the first to ask, and so waited for its set-up. */
  readonly askedFirst: number;
}

/** Times in ms. */
export interface PhaseDurations {
  readonly total: number;
  readonly median: number;
  readonly slowest: number;
}

/** Everything that a page gets. */
export type Row =
  | RunRow
  | LaneRow
  | NoteRow
  | FileRow
  | TestRow
  | HookRow
  | FixtureRow
  | InstanceRow
  | StandInRow
  | StandsForRow
  | WaitRow
  | TimeLimitRow
  | InterruptRow
  | DurationRow;
