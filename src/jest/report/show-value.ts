import { createRequire } from 'node:module';
import { withOriginals } from '../../node/originals';
import { inspect, types } from '../../node/util';

/** Jest's printer of values, resolved through Jest's environment. */
function prettyFormat(): ((value: unknown, options: object) => string) | undefined {
  try {
    let from = require.resolve('jest-environment-node');
    for (const name of ['@jest/fake-timers', 'jest-message-util', 'pretty-format']) {
      from = createRequire(from).resolve(name);
    }
    const load = (): unknown => createRequire(from)(from);
    return (withOriginals(load) as { format: (value: unknown, options: object) => string }).format;
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
