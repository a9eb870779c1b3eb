import * as promises from '../../../node/promise';

export type Steps = Generator<unknown, unknown, unknown>;

type Thunk = (callback: (error: unknown, ...results: unknown[]) => void) => unknown;

/**
 * Runs a generator to its end, as Jest does with test bodies by means of the package `co`: it waits for promises,
 * generators and functions that take a callback, and for those in arrays and objects.
 * https://github.com/tj/co/blob/4.6.0/Readme.md#yieldables
 */
export async function runGenerator(steps: Steps): Promise<unknown> {
  let step = steps.next();
  while (!step.done) {
    let settled: { value: unknown } | { error: unknown };
    try {
      settled = { value: await outcomeOf(step.value) };
    } catch (error) {
      settled = { error };
    }
    step = 'error' in settled ? steps.throw(settled.error) : steps.next(settled.value);
  }
  return step.value;
}

/** What a generator gets for what it yields: a value, or a promise for it. */
function outcomeOf(value: unknown): unknown {
  if (typeof value === 'function') {
    return kindOf(value) === 'GeneratorFunction' ? runGenerator(value() as Steps) : called(value as Thunk);
  }
  if (typeof value !== 'object' || value === null) return value;
  const { then, next, throw: fail } = value as { then?: unknown; next?: unknown; throw?: unknown };
  if (typeof then === 'function') return value;
  if (typeof next === 'function' && typeof fail === 'function') return runGenerator(value as Steps);
  if (Array.isArray(value)) return promises.all(value.map(outcomeOf));
  return value.constructor?.name === 'Object' ? ofMembers(value) : value;
}

async function ofMembers(value: object): Promise<object> {
  const entries = Object.entries(value).map(
    async ([name, member]) => [name, await outcomeOf(member)] as const,
  );
  return Object.fromEntries(await promises.all(entries));
}

function called(thunk: Thunk): Promise<unknown> {
  return new Promise((resolve, reject) => {
    thunk((error, ...results) => {
      if (error) reject(error);
      else resolve(results.length > 1 ? results : results[0]);
    });
  });
}

const kindOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);
