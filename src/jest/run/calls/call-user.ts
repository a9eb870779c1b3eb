import type { ErrorFactory, Problem } from '../../../errors/problem';
import type { NamedRequester } from '../../../errors/site';
import {
  doneAndReturned,
  doneCalledTwice,
  doneWithReason,
  generatorTest,
  returnedValue,
  yieldedValue,
} from '../../../errors/tests/calls';
import { isThenable } from '../../../loop/promises';
import type { Callee, UserFn } from '../../file/registered';
import { show } from '../../report/show-value';
import { runGenerator, type Steps } from './run-generator';

/*
 * How Jest calls the function of a test or hook, for managed ones: with the same forms and the same errors.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-circus/src/utils.ts#L180-L290
 */

/** The test or hook whose function is called. */
export interface UserCall {
  readonly isHook: boolean;
  readonly makeError: ErrorFactory;
  /** The test or hook as messages name it. */
  requester(): NamedRequester;
  /** Whether the call was given up: its outcome no longer counts. */
  givenUp?(): boolean;
  /** Takes an error that comes after the end of the call. */
  late(error: unknown): void;
}

/** Whether a function needs no more than a call: no row, no `done`, no generator that Jest would run. */
export function isSimple({ fn, row, takesDone }: Callee): boolean {
  return (
    row.length === 0 && !takesDone && Object.prototype.toString.call(fn) !== '[object GeneratorFunction]'
  );
}

/** Checks what a simple function returned. */
export function checkReturned(
  returned: unknown,
  calling: Pick<UserCall, 'makeError' | 'requester'>,
): PromiseLike<unknown> | undefined {
  if (returned === undefined) return undefined;
  if (isThenable(returned)) return returned;
  if (isAsyncGenerator(returned)) throw calling.makeError(generatorTest(calling.requester()));
  throw failure(calling, returnedValue(show(returned)));
}

/** Calls a function of any form. Gives a promise if there is something to wait for. */
export function callUserFunction(
  callee: Callee,
  self: unknown,
  deps: readonly unknown[],
  calling: UserCall,
): PromiseLike<unknown> | undefined {
  const { fn, row, takesDone } = callee;
  if (takesDone) return callWithDone(fn, self, [...row, ...deps], calling);
  let returned = fn.apply(self, [...row, ...deps]);
  if (isGenerator(fn, returned))
    returned = runGenerator(returned, value => calling.makeError(yieldedValue(String(value))));
  if (isThenable(returned)) return returned;
  return calling.isHook ? undefined : checkReturned(returned, calling);
}

function callWithDone(fn: UserFn, self: unknown, args: unknown[], calling: UserCall): Promise<void> {
  let isOpen = true;
  const over = (): void => {
    isOpen = false;
  };
  const call = new Promise<void>((resolve, reject) => {
    let called = false;
    let given: unknown;
    let returned: unknown;
    const done = (reason?: unknown): void => {
      // As in Jest: a second call after the end of the test is no mistake.
      if (!isOpen || calling.givenUp?.() === true) {
        if (reason && reason !== given) calling.late(errorFor(reason, calling));
        return;
      }
      if (called) {
        const error = calling.makeError(doneCalledTwice(reason ? show(reason) : undefined));
        reject(error);
        throw error;
      }
      called = true;
      given = reason;
      // Made here: its stack shows who called done.
      const failed = reason ? errorFor(reason, calling) : undefined;
      // The function may call done before it returns.
      queueMicrotask(() => {
        if (returned !== undefined) reject(failure(calling, doneAndReturned(show(returned))));
        else if (reason) reject(failed);
        else resolve();
      });
    };
    returned = fn.apply(self, [...args, done]);
    // Nothing of it has run, so `done` is never called.
    if (!calling.isHook && isAsyncGenerator(returned))
      reject(calling.makeError(generatorTest(calling.requester())));
  });
  call.then(over, over);
  return call;
}

/** Shows the place of the test or hook: no frame of the user's throws it. */
function failure(calling: Pick<UserCall, 'makeError' | 'requester'>, problem: Problem): Error {
  return calling.makeError({ ...problem, frames: calling.requester().site.frames });
}

/** The error that `done(reason)` fails the test with. */
function errorFor(reason: unknown, calling: UserCall): unknown {
  return isError(reason) ? reason : calling.makeError(doneWithReason(show(reason)));
}

function isError(value: unknown): boolean {
  const error = value as { message?: unknown; stack?: unknown } | null;
  return Boolean(error?.message && error.stack);
}

/** From any realm, native or compiled. */
function isAsyncGenerator(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Object.prototype.toString.call(value) === '[object AsyncGenerator]') return true;
  const { next, return: end, [Symbol.asyncIterator]: iterator } = value as Partial<AsyncGenerator>;
  return [next, end, iterator].every(each => typeof each === 'function');
}

function isGenerator(fn: UserFn, returned: unknown): returned is Steps {
  return (
    Object.prototype.toString.call(fn) === '[object GeneratorFunction]' &&
    typeof (returned as { next?: unknown } | undefined)?.next === 'function'
  );
}
