import type { Loop } from './loop';
import type { ExceptionContext } from './step';

/** How long in ms work that was cancelled may take to end, where nothing else is said. */
export const GRACE = 1000;

/** Options of `new Loop`. See docs/loops.md. */
export interface LoopOptions {
  /** For messages. @default 'loop' */
  readonly name?: string;
  /** Remembers where tasks and timers were created, and tells of what blocks. @default false */
  readonly debug?: boolean;
  /** What drives its time. @default 'node' */
  readonly backend?: 'node';
  /**
   * As a context manager, `await using`: `true` makes the new Loop current until its end, `false` lets no Loop be
   * current. Left out, the current Loop stays what it is.
   */
  readonly newLoop?: boolean;
}

/** Takes over exceptions that nobody handled: then nothing fails. See docs/loops.md. */
export type ExceptionHandler = (loop: Loop, context: ExceptionContext) => void;
