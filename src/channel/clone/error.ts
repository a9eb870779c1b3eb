import { inspect, types } from '../../node/util';
import { crossed, crossing } from './cross';

/** Any thrown value as plain data. */
export type PackedError =
  | {
      readonly kind: 'error';
      readonly name: string;
      readonly message: string;
      readonly stack: string;
      /** Its other properties, such as `code`; values that cannot be copied as text. */
      readonly props: Readonly<Record<string, unknown>>;
      readonly cause?: PackedError;
      readonly errors?: readonly PackedError[];
    }
  | { readonly kind: 'value'; readonly value: unknown };

/** Deeper causes are left out: they may be circular. */
const DEPTH = 8;
/** The most errors of an AggregateError, and the most properties. */
const MANY = 100;
const APART = new Set(['name', 'message', 'stack', 'cause', 'errors']);
const UNKNOWN = 'a value that cannot be shown';

/** Packs any thrown value. Never throws. */
export function packError(thrown: unknown, depth = DEPTH): PackedError {
  try {
    return isError(thrown) ? pack(thrown, depth) : { kind: 'value', value: copyable(thrown) };
  } catch {
    return { kind: 'value', value: UNKNOWN };
  }
}

type ErrorLike = { readonly message: string; readonly stack: string } & Readonly<Record<string, unknown>>;

function isError(thrown: unknown): thrown is ErrorLike {
  if (types.isProxy(thrown)) return false;
  if (types.isNativeError(thrown)) return true;
  const { message, stack } = Object(thrown) as Partial<ErrorLike>;
  return typeof message === 'string' && typeof stack === 'string';
}

function pack(error: ErrorLike, depth: number): PackedError {
  const name = text(() => error.name, 'Error');
  const message = text(() => error.message, UNKNOWN);
  const stack = text(() => error.stack, `${name}: ${message}`);
  const props: [string, unknown][] = [];
  for (const key of Object.keys(error).slice(0, MANY))
    if (!APART.has(key)) props.push([key, copyable(got(() => error[key]))]);
  // A class may have its `code` on the prototype.
  const code = got(() => error.code);
  if (code !== undefined && !props.some(([key]) => key === 'code')) props.push(['code', copyable(code)]);
  const cause = got(() => error.cause);
  const errors = got(() => error.errors);
  return {
    kind: 'error',
    name,
    message,
    stack,
    props: Object.fromEntries(props),
    ...(cause !== undefined && depth > 0 && { cause: packError(cause, depth - 1) }),
    ...(Array.isArray(errors) &&
      depth > 0 && { errors: errors.slice(0, MANY).map(each => packError(each, depth - 1)) }),
  };
}

/** The value of a getter, if it gives one. */
function got(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function text(read: () => unknown, otherwise: string): string {
  const value = got(read);
  return typeof value === 'string' ? value : otherwise;
}

/** A copy of the value, or its text. */
function copyable(value: unknown): unknown {
  try {
    const found = crossing(value);
    if ('bytes' in found) return crossed(found.bytes);
    return inspect(value, { depth: 1, customInspect: false });
  } catch {
    return UNKNOWN;
  }
}

const NATIVE = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError } as const;

/** The thrown value remade: an error with its text, stack and properties, or another value. */
export function unpackError(packed: PackedError): unknown {
  if (packed.kind === 'value') return packed.value;
  const error = newError(packed);
  const give = (key: string, value: unknown, enumerable = false): void => {
    Object.defineProperty(error, key, { value, enumerable, configurable: true, writable: true });
  };
  give('message', packed.message);
  give('stack', packed.stack);
  if (error.name !== packed.name) give('name', packed.name);
  for (const [key, value] of Object.entries(packed.props)) give(key, value, true);
  if (packed.cause !== undefined) give('cause', unpackError(packed.cause));
  if (packed.errors !== undefined) give('errors', packed.errors.map(unpackError));
  return error;
}

/** An error of the right class, without its own stack. */
function newError({ name, errors }: PackedError & { kind: 'error' }): Error {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    if (errors !== undefined) return new AggregateError([]);
    return new (Object.hasOwn(NATIVE, name) ? NATIVE[name as keyof typeof NATIVE] : Error)();
  } finally {
    Error.stackTraceLimit = limit;
  }
}
