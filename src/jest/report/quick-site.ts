import type { SandboxFunction, SandboxRealm } from '../file/realm';
import { placeOfFrame } from './sites';

/** What formatters of stacks ask a frame for, and have answers of their own to once source maps are applied. */
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
 * it. To format ten of V8's takes longer than a small test. Jest's formatter copies the methods of a frame's own
 * prototype one by one, so the others are inherited.
 */
export class QuickFrame extends MappedFacts {
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

/** The frame that called `outer`. */
export function quickFrame(
  realm: Pick<SandboxRealm, 'Error' | 'newObject'>,
  outer: SandboxFunction,
): QuickFrame | undefined {
  const { Error: SandboxError } = realm;
  const { stackTraceLimit, prepareStackTrace } = SandboxError;
  // V8 calls the formatter of the realm that this object belongs to.
  const holder = realm.newObject() as { readonly stack?: readonly NodeJS.CallSite[] };
  try {
    SandboxError.stackTraceLimit = 1;
    SandboxError.prepareStackTrace = (_, frames) => frames;
    SandboxError.captureStackTrace(holder, outer);
    const [frame] = holder.stack ?? [];
    const [file, line, column] = [frame?.getFileName(), frame?.getLineNumber(), frame?.getColumnNumber()];
    return file && line && column ? new QuickFrame(file, line, column) : undefined;
  } finally {
    SandboxError.stackTraceLimit = stackTraceLimit;
    if (prepareStackTrace === undefined) Reflect.deleteProperty(SandboxError, 'prepareStackTrace');
    else SandboxError.prepareStackTrace = prepareStackTrace;
  }
}

/** `a.test.ts:12`, through the formatter of the sandbox, which knows its source maps; undefined if it cannot tell. */
export function quickPlace(
  { Error: SandboxError }: Pick<SandboxRealm, 'Error'>,
  frame: QuickFrame,
  root: string,
): string | undefined {
  try {
    // As Node looks for it: a test may set its own; that of Jest is the main realm's.
    const format = (SandboxError.prepareStackTrace ?? Error.prepareStackTrace) as
      | ((error: object, frames: unknown[]) => unknown)
      | undefined;
    const stack = format?.({ name: 'Error', message: '' }, [frame]);
    return typeof stack === 'string'
      ? placeOfFrame(stack.slice(stack.lastIndexOf('\n') + 1), root)
      : undefined;
  } catch {
    return undefined;
  }
}
