import { inspect, types } from '../../node/util';
import { requireJest } from '../process/jest-packages';

/** Jest's printer of values, resolved through Jest's environment. */
function prettyFormat(): ((value: unknown, options: object) => string) | undefined {
  try {
    const { format } = requireJest('pretty-format') as {
      readonly format: (value: unknown, options: object) => string;
    };
    return format;
  } catch {
    return undefined;
  }
}

/** A value as Jest shows it in its messages about what tests return. */
export function show(value: unknown): string {
  // Up to Node 22, a promise would be printed with the async context in which it was made.
  if (types.isPromise(value)) return 'Promise {}';
  return prettyFormat()?.(value, { maxDepth: 3 }) ?? inspect(value, { depth: 3 });
}
