/** `()` as it stands in source: of an arrow function, of any other. */
const ARROW = /^(?:async\s*)?\(\s*\)\s*=>/;
const NO_PARAMETERS = /^[^()]*\(\s*\)\s*\{/;

/** Whether a function can see what it is given: most tasks have no use for their signal, and it costs more than they do. */
export function takesArguments(fn: (...args: never[]) => unknown): boolean {
  if (fn.length > 0) return true;
  const source = Function.prototype.toString.call(fn);
  if (ARROW.test(source)) return false;
  // Bound, native or wrapped functions say nothing of what they pass on.
  return !NO_PARAMETERS.test(source) || /\barguments\b|\[native code\]|\beval\b/.test(source);
}

/** Whether an error says that a signal was aborted, as Node, browsers and most libraries have it. */
export function isAbort(error: unknown): boolean {
  try {
    const { name, code } = Object(error) as { name?: unknown; code?: unknown };
    return name === 'AbortError' || code === 'ABORT_ERR';
  } catch {
    // Anything can be thrown.
    return false;
  }
}
