import { stringify } from '../node/json';
import { inspect } from '../node/util';

/** A value as a message shows it, with its type: `"5s" (string)`. */
export function show(value: unknown): string {
  if (value === undefined) return 'undefined';
  if (value === null) return 'null';
  const text =
    typeof value === 'string'
      ? stringify(value)
      : typeof value === 'function'
        ? `[Function ${value.name || 'anonymous'}]`
        : inspect(value, { depth: 1, breakLength: Number.POSITIVE_INFINITY }).replace(/\s*\n\s*/g, ' ');
  const type = Array.isArray(value) ? 'array' : typeof value;
  return `${text.length > 80 ? `${text.slice(0, 77)}…` : text} (${type})`;
}
