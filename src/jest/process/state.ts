import { worker } from '../../process/store';

/** What the Jest side keeps for the whole process, over all test files: see {@link state}. */
export interface ProcessState {
  /** What setup files meet that are loaded outside of the tests. */
  collector: unknown;
  /** What this process has of shared fixtures. */
  workerSide: { interrupt(): void } | undefined;
  /** Makes the same for Jest's main process, while it runs tests. */
  mainSide: unknown;
  /** The run of test files, in the process that Jest was started in. */
  mainRun: unknown;
  /** Called when the run is interrupted: each ends what it has in this process. */
  readonly interrupts: Set<() => void>;
  /** How many test files of ours run in this process. */
  files: number;
  /** Ends the count of the file whose environment is made and not yet set up: Jest may drop it without a word. */
  begins: (() => void) | undefined;
  /** The main process has told this worker to end what it runs. */
  interrupted: boolean;
  /** This worker hears of that. */
  listens: boolean;
  /** This worker has lost its main process. */
  orphaned: boolean;
  /** How long in ms Jest may take to replace this worker, which has too much memory; 0 where it stays. */
  replacement: number;
  /** This worker is ending. */
  ends: boolean;
  /** What such a worker has to end before it goes. */
  readonly farewells: Set<() => Promise<unknown>>;
  /** What is compiled once and run in the realm of each test file that needs it. */
  readonly scripts: Map<string, unknown>;
}

function makeState(): ProcessState {
  return {
    collector: undefined,
    workerSide: undefined,
    mainSide: undefined,
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
    scripts: new Map(),
  };
}

worker.jest ??= makeState();

/** The state of this process, however often this package is loaded in it. */
export const state = worker.jest as ProcessState;
