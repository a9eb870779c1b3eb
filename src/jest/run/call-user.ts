import type { ErrorFactory, Problem } from '../../errors/problem';
import type { Asker } from '../../errors/site';
import {
  doneAndReturned,
  doneCalledTwice,
  doneWithReason,
  generatorTest,
  returnedValue,
} from '../../errors/tests';
import { isThenable } from '../../loop/promises';
import type { Callee, UserFn } from '../file/registered';
import { show } from '../report/show-value';

/*
 * How Jest calls the function of a test or hook, for those that are managed; the same forms, the same errors.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-circus/src/utils.ts#L180-L290
 */

/** What a call has to know of the test or hook whose function it is. */
export interface Calling {
  readonly isHook: boolean;
  readonly makeError: ErrorFactory;
  /** Who it is, for messages: what is thrown by no code of the user's has the place of the test. */
  asker(): Asker;
  /** It was given up: nobody waits for it any more. */
  givenUp?(): boolean;
  /** Takes an error that comes when the call has ended. */
  late(error: unknown): void;
}

/** Whether a function is to be called as it stands: no row, no `done`, no generator that Jest would run. */
export function isSimple({ fn, row, takesDone }: Callee): boolean {
  return (
    row.length === 0 && !takesDone && Object.prototype.toString.call(fn) !== '[object GeneratorFunction]'
  );
}

/** What a simple one may return. */
export function checkReturned(
  returned: unknown,
  calling: Pick<Calling, 'makeError' | 'asker'>,
): PromiseLike<unknown> | undefined {
  if (returned === undefined) return undefined;
  if (isThenable(returned)) return returned;
  if (isAsyncGenerator(returned)) throw calling.makeError(generatorTest(calling.asker()));
  throw failure(calling, returnedValue(show(returned)));
}

/** Calls a function that may take `done`. A promise where there is something to wait for. */
export function callUser(
  callee: Callee,
  self: unknown,
  deps: readonly unknown[],
  calling: Calling,
): PromiseLike<unknown> | undefined {
  const { fn, row, takesDone } = callee;
  if (takesDone) return callWithDone(fn, self, [...row, ...deps], calling);
  let returned = fn.apply(self, [...row, ...deps]);
  if (isGenerator(fn, returned)) returned = drive(returned);
  if (isThenable(returned)) return returned;
  return calling.isHook ? undefined : checkReturned(returned, calling);
}

function callWithDone(fn: UserFn, self: unknown, args: unknown[], calling: Calling): Promise<void> {
  let isOpen = true;
  const over = (): void => {
    isOpen = false;
  };
  const call = new Promise<void>((resolve, reject) => {
    let called = false;
    let given: unknown;
    let returned: unknown;
    const done = (reason?: unknown): void => {
      // As with Jest: what is called again once the test is over has nothing to object to.
      if (!isOpen || calling.givenUp?.() === true) {
        if (reason && reason !== given) calling.late(errorFor(reason, calling));
        return;
      }
      if (called) {
        const error = failure(calling, doneCalledTwice(reason ? show(reason) : undefined));
        reject(error);
        throw error;
      }
      called = true;
      given = reason;
      // The function may call done before it returns.
      queueMicrotask(() => {
        if (returned !== undefined) reject(failure(calling, doneAndReturned(show(returned))));
        else if (reason) reject(errorFor(reason, calling));
        else resolve();
      });
    };
    returned = fn.apply(self, [...args, done]);
    // It has not begun, and never calls done.
    if (!calling.isHook && isAsyncGenerator(returned))
      reject(calling.makeError(generatorTest(calling.asker())));
  });
  call.then(over, over);
  return call;
}

/** At the place of the test or hook: it is thrown by no code of the user's. */
function failure(calling: Pick<Calling, 'makeError' | 'asker'>, problem: Problem): Error {
  return calling.makeError({ ...problem, frames: calling.asker().site.frames });
}

/** What `done(reason)` fails with. */
function errorFor(reason: unknown, calling: Calling): unknown {
  return isError(reason) ? reason : failure(calling, doneWithReason(show(reason)));
}

function isError(value: unknown): boolean {
  const error = value as { message?: unknown; stack?: unknown } | null;
  return Boolean(error?.message && error.stack);
}

/** Of any realm, and as compilers write it. */
function isAsyncGenerator(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Object.prototype.toString.call(value) === '[object AsyncGenerator]') return true;
  const { next, return: end, [Symbol.asyncIterator]: iterator } = value as Partial<AsyncGenerator>;
  return [next, end, iterator].every(each => typeof each === 'function');
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
