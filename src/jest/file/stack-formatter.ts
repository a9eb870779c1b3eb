/** An error constructor with its formatter of stacks. */
interface Formatting {
  prepareStackTrace?: unknown;
}

/** The formatter that each sandbox had before any test code: the first Jests install theirs there. */
const jests = new WeakMap<object, unknown>();

/** Notes the formatter of a sandbox in which no test code has run. */
export function noteFormatter(global: object): void {
  jests.set(global, (global as { Error?: Formatting }).Error?.prepareStackTrace);
}

/**
 * Makes sure that these errors have stacks that Jest can read. Where the `Error.prepareStackTrace` of a test throws, its
 * run would never end; where it gives no text, its file would fail without a word of its tests. `global` is that of the
 * sandbox.
 */
export function keepReadable(global: object, ...errors: readonly unknown[]): void {
  const made = formattingOf(global);
  if (made === undefined) return;
  for (const error of errors) {
    try {
      const { stack, name, message } = Object(error) as Partial<Record<string, unknown>>;
      if (stack === undefined || typeof stack === 'string') continue;
      drop(made, global);
      (error as { stack: string }).stack = `${name}: ${message}`;
    } catch {
      drop(made, global);
    }
  }
}

/** No code of the file runs any more, and Jest reads what is left: drops the file's own formatter. */
export function dropFormatter(global: object): void {
  const made = formattingOf(global);
  if (made !== undefined) drop(made, global);
}

/** Undefined where test code has installed none, so that Jest's applies. */
function formattingOf(global: object): Formatting | undefined {
  const made = (global as { Error?: Formatting }).Error;
  const { prepareStackTrace } = made ?? {};
  return typeof prepareStackTrace === 'function' && prepareStackTrace !== jests.get(global)
    ? made
    : undefined;
}

function drop(made: Formatting, global: object): void {
  try {
    made.prepareStackTrace = jests.get(global);
  } catch {
    // It cannot be changed.
  }
}
