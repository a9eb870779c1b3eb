import type { Loop } from '../../loop';
import { jestState } from './jest-state';

/**
 * A program that runs Jest in its own process, by `runJest`. The process is the program's: what would otherwise set its
 * exit code or end it goes here.
 */
export interface Embedding {
  /** Where the project lies: the current folder is the program's. */
  readonly rootDir: string;
  /** The Loop of scope `session`, which the run does not close. */
  readonly loop: Loop | undefined;
  /** Jest's `bail`: Jest itself would exit. */
  bail: number;
  /** The run fails with this exit code. */
  fail(code: number): void;
  /** The run was interrupted. */
  interrupted(): void;
  /** Ends the process. */
  exit(code: number): never;
  /** Resolves when the run has ended and everything is down. */
  readonly done: Promise<void>;
  /** What has to end with the run, where nothing else ends it. */
  readonly ends: Set<() => Promise<void>>;
}

/** The program around the run of this process; undefined where Jest has the process to itself. */
export function embedding(): Embedding | undefined {
  return jestState.embedding as Embedding | undefined;
}

/** Makes `program` the one around the next run. The returned function ends that. */
export function embed(program: Embedding): () => void {
  jestState.embedding = program;
  return () => {
    jestState.embedding = undefined;
  };
}
