import { processState } from '../../process/process-state';

/** What the Jest side keeps for the whole process, across test files: see {@link jestState}. */
export interface JestState {
  /** Takes the declarations of setup files that are loaded without tests. */
  collector: unknown;
  /** The shared fixtures of this process. */
  workerSide:
    | {
        interrupt(): void;
        /** A `session` fixture has died: see `CrossedDeath`. Returns the label of the requester that saw it. */
        sessionDied(death: object): string | undefined;
      }
    | undefined;
  /** Makes the counterpart in Jest's main process, during a run. */
  mainSide: unknown;
  /** The run of test files, in the process that Jest was started in. */
  mainRun: unknown;
  /** The program that runs Jest in its process. */
  embedding: unknown;
  /** What readers of this process want of the stream of events; undefined while none does. */
  switches: unknown;
  /** Reads the stream of the run, in the process that Jest was started in. */
  recording: unknown;
  /** How many tests have failed, where `--bail` counts them; by the global configuration. */
  readonly bailCounts: unknown;
  /** The shared fixtures that are up, where a run only plans; by the folder of its stream. */
  planned: { readonly folder: string; up: unknown[] } | undefined;
  /** Called when the run is interrupted: each aborts what it runs in this process. */
  readonly interrupts: Set<() => void>;
  /** How many test files with an environment of ours run in this process. */
  runningFiles: number;
  /** Uncounts the file whose environment is not set up yet: Jest may drop it without a teardown. */
  dropPendingFile: (() => void) | undefined;
  /** The run was interrupted: this worker aborts what it runs. */
  isInterrupted: boolean;
  /** How this worker reaches Jest's main process, once that is known. */
  toJest: unknown;
  /** This worker listens for interrupts. */
  isListening: boolean;
  /** This worker has lost its main process. */
  isOrphaned: boolean;
  /** How long in ms to wait for Jest to replace this worker for its memory use; 0 if the worker stays. */
  replacementMs: number;
  /** This worker is ending. */
  isEnding: boolean;
  /** What an ending worker calls before it exits. */
  readonly farewells: Set<() => Promise<unknown>>;
  /** The version of Jest, once it is known. */
  jestVersion: string | undefined;
  /** The main files of Jest's packages that were found, by who looked and the name. */
  readonly jestFiles: Map<string, string | undefined>;
  /** The bundles that are compiled once and may run in several realms, by their file. */
  readonly scripts: Map<string, unknown>;
  /** The exports of bundles that are loaded once, by their file. */
  readonly bundles: Map<string, unknown>;
  /** Where compiled bundles are kept for other processes; undefined if they are not. */
  codeFolder: string | undefined;
  /** Compiled bundles that are not there yet, by the file to write. */
  readonly unsaved: Map<string, unknown>;
  /** Where the modules that Node loads are kept for other processes; undefined if Node does that, or nothing does. */
  moduleFolder: string | undefined;
  /** The `import()` of code that Node has compiled itself; undefined before a bundle is loaded. */
  importModule: ((specifier: string) => Promise<unknown>) | undefined;
}

function makeJestState(): JestState {
  return {
    collector: undefined,
    workerSide: undefined,
    mainSide: undefined,
    mainRun: undefined,
    embedding: undefined,
    switches: undefined,
    recording: undefined,
    bailCounts: new WeakMap(),
    planned: undefined,
    interrupts: new Set(),
    runningFiles: 0,
    dropPendingFile: undefined,
    isInterrupted: false,
    toJest: undefined,
    isListening: false,
    isOrphaned: false,
    replacementMs: 0,
    isEnding: false,
    farewells: new Set(),
    jestVersion: undefined,
    jestFiles: new Map(),
    scripts: new Map(),
    bundles: new Map(),
    codeFolder: undefined,
    unsaved: new Map(),
    moduleFolder: undefined,
    importModule: undefined,
  };
}

processState.jest ??= makeJestState();

/** The state of this process, shared by all copies of this package in it. */
export const jestState = processState.jest as JestState;
