import type { ErrorFactory } from '../../errors/problem';
import { doneAndReturned, doneCalledTwice, doneWithReason, returnedValue } from '../../errors/tests';
import { isThenable } from '../../loop/promises';
import type { Callee, UserFn } from '../file/registered';
import { show } from '../report/show-value';

/*
 * How Jest calls the function of a test or hook, for those that are managed; the same forms, the same errors.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-circus/src/utils.ts#L180-L290
 */

/** Whether a function is to be called as it stands: no row, no `done`, no generator that Jest would run. */
export function isSimple({ fn, row, takesDone }: Callee): boolean {
  return (
    row.length === 0 && !takesDone && Object.prototype.toString.call(fn) !== '[object GeneratorFunction]'
  );
}

/** What a simple one may return. */
export function checkReturned(returned: unknown, makeError: ErrorFactory, frames: () => string): unknown {
  if (returned === undefined || isThenable(returned)) return returned;
  throw makeError({ ...returnedValue(show(returned)), frames: frames() });
}

/** Calls a function that may take `done`. A promise where there is something to wait for. */
export function callUser(
  callee: Callee,
  self: unknown,
  deps: readonly unknown[],
  isHook: boolean,
  makeError: ErrorFactory,
  frames: () => string = () => '',
): PromiseLike<unknown> | undefined {
  const { fn, row, takesDone } = callee;
  // At the place of the test: these are thrown by no code of the user's.
  const fail: ErrorFactory = problem => makeError({ ...problem, frames: frames() });
  if (takesDone) return callWithDone(fn, self, [...row, ...deps], fail);
  let returned = fn.apply(self, [...row, ...deps]);
  if (isGenerator(fn, returned)) returned = drive(returned);
  if (isThenable(returned)) return returned;
  if (!isHook && returned !== undefined) throw fail(returnedValue(show(returned)));
  return undefined;
}

function callWithDone(fn: UserFn, self: unknown, args: unknown[], makeError: ErrorFactory): Promise<void> {
  return new Promise((resolve, reject) => {
    let called = false;
    let returned: unknown;
    const done = (reason?: unknown): void => {
      if (called) {
        const error = makeError(doneCalledTwice(reason ? show(reason) : undefined));
        reject(error);
        throw error;
      }
      called = true;
      // The function may call done before it returns.
      queueMicrotask(() => {
        if (returned !== undefined) reject(makeError(doneAndReturned(show(returned))));
        else if (reason) reject(isError(reason) ? reason : makeError(doneWithReason(show(reason))));
        else resolve();
      });
    };
    returned = fn.apply(self, [...args, done]);
  });
}

function isError(value: unknown): boolean {
  const error = value as { message?: unknown; stack?: unknown } | null;
  return Boolean(error?.message && error.stack);
}

type Steps = Generator<unknown, unknown, unknown>;

/** A generator as a test body is run to its end, as Jest does; each yielded promise is awaited. */
async function drive(steps: Steps): Promise<unknown> {
  let step = steps.next();
  while (!step.done) {
    let settled: { value: unknown } | { error: unknown };
    try {
      settled = { value: await step.value };
    } catch (error) {
      settled = { error };
    }
    step = 'error' in settled ? steps.throw(settled.error) : steps.next(settled.value);
  }
  return step.value;
}

function isGenerator(fn: UserFn, returned: unknown): returned is Steps {
  return (
    Object.prototype.toString.call(fn) === '[object GeneratorFunction]' &&
    typeof (returned as { next?: unknown } | undefined)?.next === 'function'
  );
}
