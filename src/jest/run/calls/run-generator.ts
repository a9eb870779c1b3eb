import { isThenable } from '../../../loop/promises';
import * as promises from '../../../node/promise';

export type Steps = Generator<unknown, unknown, unknown>;

type Thunk = (callback: (error: unknown, ...results: unknown[]) => void) => unknown;

/**
 * Runs a generator to its end, as Jest does with test bodies by means of the package `co`: it waits for promises,
 * generators and functions that take a callback, and for those in arrays and objects. `unfit` makes the error that the
 * generator gets for anything else.
 * https://github.com/tj/co/blob/4.6.0/Readme.md#yieldables
 */
export async function runGenerator(steps: Steps, unfit: (value: unknown) => Error): Promise<unknown> {
  let step = steps.next();
  while (!step.done) {
    let settled: { value: unknown } | { error: unknown };
    try {
      const outcome = outcomeOf(step.value, unfit);
      settled = isThenable(outcome) ? { value: await outcome } : { error: unfit(step.value) };
    } catch (error) {
      settled = { error };
    }
    step = 'error' in settled ? steps.throw(settled.error) : steps.next(settled.value);
  }
  return step.value;
}

/** A promise for what a generator gets for what it yields; anything else stays as it is. */
function outcomeOf(value: unknown, unfit: (value: unknown) => Error): unknown {
  const outcome = (member: unknown): unknown => outcomeOf(member, unfit);
  if (typeof value === 'function')
    return kindOf(value) === 'GeneratorFunction'
      ? runGenerator(value() as Steps, unfit)
      : called(value as Thunk);
  if (typeof value !== 'object' || value === null) return value;
  const { then, next, throw: fail } = value as { then?: unknown; next?: unknown; throw?: unknown };
  if (typeof then === 'function') return value;
  if (typeof next === 'function' && typeof fail === 'function') return runGenerator(value as Steps, unfit);
  if (Array.isArray(value)) return promises.all(value.map(outcome));
  return value.constructor?.name === 'Object' ? ofMembers(value, outcome) : value;
}

async function ofMembers(value: object, outcome: (member: unknown) => unknown): Promise<object> {
  const entries = Object.entries(value).map(async ([name, member]) => [name, await outcome(member)] as const);
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
