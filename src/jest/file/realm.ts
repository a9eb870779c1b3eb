import { type ErrorFactory, headOf } from '../../errors/problem';
import { usersFrames } from './stacks';

/** A function made in the sandbox that calls one of ours. */
export type SandboxFunction = (this: unknown, ...args: unknown[]) => unknown;
/** The part of such a function outside the sandbox. `outer` is the sandbox function, above which stacks are cut. */
export type HostFunction = (args: unknown[], outer: SandboxFunction) => unknown;

/** The part of a frame that says where its code stands. */
export type Located = Pick<NodeJS.CallSite, 'getFileName' | 'getLineNumber' | 'getColumnNumber'>;

/** Where code stands in its source. */
export interface Position {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/**
 * Makes the objects of a test file's sandbox, so that `instanceof` holds there. The setup file, which Jest loads in the
 * sandbox, passes it to the test file.
 */
export interface SandboxRealm {
  readonly Error: ErrorConstructor;
  /** Its `captureStackTrace`, which a test may replace or delete. */
  readonly captureStackTrace: ErrorConstructor['captureStackTrace'];
  /** The sandbox's global object. */
  readonly global: object;
  newObject(): Record<string, unknown>;
  /** An object without a prototype: a fixture may be named `toString`, and defaults apply where there is none. */
  newDeps(): Record<string, unknown>;
  ownPromise(promise: Promise<unknown>): Promise<unknown>;
  /** `true` for two promises that differ only in what async hooks add to them. */
  equalPromises(a: unknown, b: unknown): boolean | undefined;
  /** The current console of the test file. */
  console(): Pick<Console, 'info' | 'warn' | 'log'>;
  /** The Loop core, loaded in the sandbox on first use. */
  readonly core: typeof import('../../loop/sandbox-core');
  /** Loads a module there, by Jest's own `require`. */
  load(file: string): unknown;
  /** The same by `import()`: an ES module that Jest has loaded. */
  import(file: string): Promise<unknown>;
  wrap(host: HostFunction, name?: string): SandboxFunction;
  /**
   * The position of a frame in its source, while the file is observed; undefined where only Jest's formatter of stacks
   * can tell, which parses a whole source map for it.
   */
  findSource?: ((frame: Located) => Position | undefined) | undefined;
}

/** Makes errors in a realm. */
export function errorFactory(realm: Pick<SandboxRealm, 'Error'>): ErrorFactory {
  return problem => {
    // A problem without a place is about the current call.
    const error = errorWith(problem.frames === undefined ? MOST_FRAMES : 0, realm, problem.message);
    // Only the user's frames: Jest shows the code around the first one.
    const frames = problem.frames ?? framesOf(error);
    error.stack = `${headOf(problem)}${frames === '' ? '' : `\n${frames}`}`;
    return Object.assign(error, { code: problem.code });
  };
}

/** An error whose stack shows the user's code that is calling, however deep the call is. */
export function errorHere(realm: Pick<SandboxRealm, 'Error'>): Error {
  return errorWith(MOST_FRAMES, realm, '');
}

function errorWith(
  frames: number,
  { Error: RealmError }: Pick<SandboxRealm, 'Error'>,
  message: string,
): Error {
  const limit = RealmError.stackTraceLimit;
  RealmError.stackTraceLimit = frames;
  const error = new RealmError(message);
  RealmError.stackTraceLimit = limit;
  return error;
}

/** None where the test's own formatter of stacks throws. */
function framesOf(error: Error): string {
  try {
    return usersFrames(error.stack);
  } catch {
    return '';
  }
}

/** More of our frames may be above the user's call than a stack usually has. */
const MOST_FRAMES = 50;
