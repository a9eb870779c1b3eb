import type { SandboxFunction, SandboxRealm } from '../file/realm';
import { type Call, framesOf } from './frames';
import { placesIn, positionsOf } from './sites';

/** The methods of a frame that formatters of stacks call, and replace once source maps are applied. */
class MappedFacts {
  readonly #file: string;
  readonly #line: number;
  readonly #column: number;

  constructor(file: string, line: number, column: number) {
    this.#file = file;
    this.#line = line;
    this.#column = column;
  }

  isEval(): boolean {
    return false;
  }

  getFileName(): string {
    return this.#file;
  }

  getScriptNameOrSourceURL(): string {
    return this.#file;
  }

  getLineNumber(): number {
    return this.#line;
  }

  getColumnNumber(): number {
    return this.#column;
  }

  toString(): string {
    return `${this.#file}:${this.#line}:${this.#column}`;
  }
}

/**
 * The one frame of a stack that says where a test was registered, in place of one of V8's, with what formatters call on
 * it. Jest's formatter copies the methods of a frame's own prototype one by one, so the others are inherited.
 */
class QuickFrame extends MappedFacts {
  isNative(): boolean {
    return false;
  }

  isToplevel(): boolean {
    return true;
  }

  isConstructor(): boolean {
    return false;
  }

  getFunctionName(): null {
    return null;
  }
}

/** The test file: its realm is made after it. */
interface Where {
  readonly realm: Pick<SandboxRealm, 'Error' | 'captureStackTrace' | 'newObject' | 'findSource'>;
  readonly rootDir: string;
}

/**
 * Where many tests were registered. To format a stack for each takes longer than a small test: a call is captured with
 * one frame, and what knows the source maps gets those of all calls at once.
 */
export class QuickPlaces<T extends object> {
  readonly #file: Where;
  #captured = new Map<T, Call>();
  readonly #places = new Map<T, string | undefined>();

  constructor(file: Where) {
    this.#file = file;
  }

  /** Something is registered where `outer` is called right now. */
  capture(registered: T, outer: SandboxFunction): void {
    const { Error: SandboxError, captureStackTrace, newObject } = this.#file.realm;
    const { stackTraceLimit } = SandboxError;
    SandboxError.stackTraceLimit = 1;
    // V8 calls the formatter of the realm that this object belongs to.
    const call = newObject();
    captureStackTrace(call, outer);
    SandboxError.stackTraceLimit = stackTraceLimit;
    this.#captured.set(registered, call as Call);
  }

  /** `a.test.ts:12`; undefined where it was not captured, or the formatter cannot tell. */
  of(registered: T): string | undefined {
    if (this.#captured.size > 0) this.#format();
    return this.#places.get(registered);
  }

  #format(): void {
    const captured = this.#captured;
    this.#captured = new Map();
    const { realm, rootDir } = this.#file;
    const frames = framesOf(realm, captured.values()).map(quickFrame);
    const positions = positionsOf(
      realm,
      frames.filter(frame => frame !== undefined),
    );
    let at = 0;
    const placeOf = placesIn(rootDir);
    for (const [i, registered] of [...captured.keys()].entries())
      if (frames[i] !== undefined) this.#places.set(registered, placeOf(positions[at++]));
  }
}

/** The innermost frame, if it tells its place. */
function quickFrame(frames: readonly NodeJS.CallSite[] | string): QuickFrame | undefined {
  const [frame] = typeof frames === 'string' ? [] : frames;
  const [file, line, column] = [frame?.getFileName(), frame?.getLineNumber(), frame?.getColumnNumber()];
  return file && line && column ? new QuickFrame(file, line, column) : undefined;
}
