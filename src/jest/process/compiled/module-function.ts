/** How a CommonJS module starts as a function. */
export const FUNCTION_START = '(function (exports, require, module, __filename, __dirname) {';

/** The text of a CommonJS module as a function, as Node makes one of it. */
export function asFunction(text: string): string {
  return `${FUNCTION_START}${text}\n})`;
}
