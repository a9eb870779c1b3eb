import type { Problem } from '../errors/problem';
import { invalidOption } from '../errors/project/config';

/** What environment variables alone set, for the backend `chaos`. */
export interface RunVariables {
  /** `--loop-seed`. */
  readonly seed?: number;
  /** `--races`. */
  readonly races?: number;
}

/** The environment variables, each with its field and smallest value. */
const NUMBERS = [
  ['JEST_LOOP_SEED', 'seed', 0],
  ['JEST_LOOP_RACES', 'races', 1],
] as const;

/** Reads the environment variables that are not options. Throws the first mistake, as an error made by `fail`. */
export function readRunVariables(
  env: Readonly<Record<string, string | undefined>>,
  fail: (problem: Problem) => Error,
): RunVariables {
  const found: { seed?: number; races?: number } = {};
  for (const [variable, field, least] of NUMBERS) {
    const text = env[variable];
    if (text === undefined || text === '') continue;
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least)
      throw fail(invalidOption('the environment', variable, `a whole number from ${least}`, text, []));
    found[field] = value;
  }
  return found;
}
