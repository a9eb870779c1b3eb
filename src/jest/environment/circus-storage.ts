import type { Storage } from '../../context/storage';
import { AsyncLocalStorage } from '../../node/async-hooks';
import type { TestEntry } from '../file/circus';

type Run = (this: Storage, store: unknown, ...rest: unknown[]) => unknown;

/**
 * Jest 30.5 and later keeps the test that runs in an AsyncLocalStorage, another one for each file, and leaves it
 * enabled: where async hooks carry the context (before Node 24) every promise of later files pays for each of them. It
 * is not exported, so it is known by the first `run` with a test in it. Called when the tests of a file are about to
 * run; what this returns, when the file is over, switches it off.
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
  // Whoever has patched over it since calls it still: it stays, and only passes on.
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
