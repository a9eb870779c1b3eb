import { stringify } from '../node/json';
import { inspect } from '../node/util';

/** A value and its type for a message: `"5s" (string)`. */
export function show(value: unknown): string {
  if (value === undefined || value === null) return shown(value);
  return `${shown(value)} (${Array.isArray(value) ? 'array' : typeof value})`;
}

/** The same without its type. */
export function shown(value: unknown): string {
  try {
    return shortened(value);
  } catch {
    return 'a value that cannot be shown';
  }
}

function shortened(value: unknown): string {
  const text =
    typeof value === 'string'
      ? stringify(value)
      : typeof value === 'function'
        ? `[Function ${value.name || 'anonymous'}]`
        : inspect(value, { depth: 1, breakLength: Number.POSITIVE_INFINITY }).replace(/\s*\n\s*/g, ' ');
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
