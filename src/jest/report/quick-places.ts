import type { SandboxFunction, SandboxRealm } from '../file/realm';
import { placesIn } from './sites';

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
  readonly realm: Pick<SandboxRealm, 'Error' | 'captureStackTrace' | 'newObject'>;
  readonly rootDir: string;
}

/** Has the stack of a call; V8 makes its frames when it is read. */
interface Call {
  readonly stack?: readonly NodeJS.CallSite[];
}

/** What formats stacks, as Node calls it. */
type Format = ((error: object, frames: readonly unknown[]) => unknown) | undefined;

/**
 * Where many tests were registered. To format a stack for each takes longer than a small test: a call is captured with
 * one frame, and the formatter, which knows the source maps, gets those of all calls in one stack.
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
    // As Node looks for it: a test may set its own; that of Jest is the main realm's.
    const format = (this.#file.realm.Error.prepareStackTrace ?? Error.prepareStackTrace) as Format;
    const frames = this.#read(captured.values());
    try {
      const known = frames.filter(frame => frame !== undefined);
      const stack = format?.({ name: 'Error', message: '' }, known);
      if (typeof stack !== 'string') return;
      const lines = stack.split('\n').slice(-known.length);
      let at = 0;
      const placeOf = placesIn(this.#file.rootDir);
      for (const [i, registered] of [...captured.keys()].entries())
        if (frames[i] !== undefined) this.#places.set(registered, placeOf(lines[at++] ?? ''));
    } catch {
      // The test's own formatter threw.
    }
  }

  /** The frames of calls, in order. */
  #read(calls: Iterable<Call>): (QuickFrame | undefined)[] {
    const { Error: SandboxError } = this.#file.realm;
    const { prepareStackTrace } = SandboxError;
    try {
      SandboxError.prepareStackTrace = (_, frames) => frames;
      return Array.from(calls, ({ stack = [] }) => {
        const [frame] = stack;
        const [file, line, column] = [frame?.getFileName(), frame?.getLineNumber(), frame?.getColumnNumber()];
        return file && line && column ? new QuickFrame(file, line, column) : undefined;
      });
    } finally {
      if (prepareStackTrace === undefined) Reflect.deleteProperty(SandboxError, 'prepareStackTrace');
      else SandboxError.prepareStackTrace = prepareStackTrace;
    }
  }
}
