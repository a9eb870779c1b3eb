import type { Storage } from '../../context/storage';
import { AsyncLocalStorage } from '../../node/async-hooks';
import type { TestEntry } from '../file/circus';

type Run = (this: Storage, store: unknown, ...rest: unknown[]) => unknown;

/**
 * Jest 30.5 and later keeps the current test in an AsyncLocalStorage, one for each file, and leaves it enabled. Where
 * async hooks carry the context (before Node 24), every promise in later files pays for each of them. Jest does not
 * export the storage, so we recognise it by the first `run` with a test in it. Call this when the tests of a file are
 * about to run; call the returned function at the end of the file to disable the storage.
 */
export function watchCircusStorage(): () => void {
  const methods = AsyncLocalStorage.prototype as unknown as { run: Run };
  const { run } = methods;
  let found: Storage | undefined;
  const watching: Run = function (store, ...rest) {
    if (found === undefined && isCircus(store)) {
      found = this;
      stop();
    }
    return run.call(this, store, ...rest);
  };
  // A patch on top of ours still calls it: then it stays, and only passes the call on.
  const stop = (): void => {
    if (methods.run === watching) methods.run = run;
  };
  methods.run = watching;
  return () => {
    stop();
    found?.disable();
  };
}

/** https://github.com/jestjs/jest/blob/v30.5.0/packages/jest-circus/src/testExecutionContext.ts */
function isCircus(store: unknown): boolean {
  const { test } = Object(store) as { test?: Partial<TestEntry> | null };
  return test?.type === 'test' && test.unhandledRejectionErrorByPromise !== undefined;
}
