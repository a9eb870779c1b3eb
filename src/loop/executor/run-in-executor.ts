import { dirname, resolve as resolvePath } from '../../node/path';
import { fileURLToPath } from '../../node/url';
import { worker } from '../../process/store';
import type { WorkOwner } from '../steps/pending-work';
import { waitIn } from '../steps/wait';
import { type Executor, remakeError, remoteOf } from './executor';

export type { Executor } from './executor';

/** A self-contained function, or the path of a module whose default export is one. */
// biome-ignore lint/suspicious/noExplicitAny: the arguments are given beside it
export type Work<T> = ((...args: any[]) => T | PromiseLike<T>) | string;

type Frames = readonly { getFileName(): string | null | undefined }[];

/** What a Loop uses until it is given another: threads or processes, as many as `size` at most. */
export function defaultExecutor(kind: 'thread' | 'process', size: number | undefined): Executor {
  // Loaded when first needed: it is a good part of the package.
  const make = (worker.makePool ?? (require('./pool') as typeof import('./pool')).makePool) as (options: {
    kind: 'thread' | 'process';
    size: number | undefined;
  }) => Executor;
  return make({ kind, size });
}

/** Runs work elsewhere; a cancellation of who waits ends it. */
export function runInExecutor<T>(
  loop: WorkOwner,
  executor: Executor,
  work: Work<T>,
  args: readonly unknown[],
  site: Error,
): Promise<T> {
  return waitIn<T>(loop, 'runInExecutor()', site, (resolve, reject) => {
    const stop = new AbortController();
    executor.run(work, args, stop.signal).then(
      value => resolve(value as T),
      error => reject(own(error)),
    );
    return () => stop.abort();
  });
}

/** A relative path of a module, as the file that calls `above` means it; anything else as it is. */
export function absolute<T>(work: Work<T>, above: (...args: never[]) => unknown): Work<T> {
  if (typeof work !== 'string' || !/^\.{1,2}[\\/]/.test(work)) return work;
  const caller = callerOf(above);
  return caller === undefined ? work : resolvePath(dirname(caller), work);
}

/** The file that calls `above`, as it is run: source maps are left out. */
function callerOf(above: (...args: never[]) => unknown): string | undefined {
  const { prepareStackTrace } = Error;
  try {
    Error.prepareStackTrace = (_, frames) => frames;
    const holder: { stack?: Frames } = {};
    Error.captureStackTrace(holder, above);
    const file = holder.stack?.[0]?.getFileName();
    return file?.startsWith('file:') ? fileURLToPath(file) : (file ?? undefined);
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}

/** An error in this realm: executors are made outside of the sandbox. Each is new, so nobody misses the one it was. */
function own(error: unknown): unknown {
  const remote = remoteOf(error);
  return remote === undefined ? error : remakeError(remote, Error, globalThis);
}
