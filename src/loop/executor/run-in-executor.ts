import { dirname, resolve as resolvePath } from '../../node/path';
import { captureStackTrace } from '../../node/stack-trace';
import { fileURLToPath } from '../../node/url';
import { processState } from '../../process/process-state';
import type { WorkOwner } from '../steps/pending-work';
import { currentStep, type Step } from '../steps/step';
import { waitIn } from '../steps/wait';
import {
  type Executor,
  type PoolExecutor,
  type RemoteThrown,
  remakeError,
  remakeThrown,
  remoteOf,
} from './executor';

export type { Executor } from './executor';

/** The arguments of a function, where the call names the type of the result alone. */
// biome-ignore lint/suspicious/noExplicitAny: a function with parameters of certain types takes no list of `unknown`
export type Args = any[];

/** A self-contained function, or the path of a module whose default export is one. */
export type Work<T, A extends unknown[] = Args> = ((...args: A) => T | PromiseLike<T>) | string;

type Frames = readonly { getFileName(): string | null | undefined }[];

/** A Loop's executor by default: at most `size` threads or processes. */
export function defaultExecutor(kind: 'thread' | 'process', size: number | undefined): Executor {
  // Loaded on first use: it is a large part of the package.
  const make = (processState.makePool ??
    (require('./pool') as typeof import('./pool')).makePool) as (options: {
    kind: 'thread' | 'process';
    size: number | undefined;
  }) => PoolExecutor;
  return new RealmExecutor(make({ kind, size }));
}

/** A pool, which lives outside the sandbox, with promises and errors of this realm. */
class RealmExecutor implements Executor {
  constructor(private readonly pool: PoolExecutor) {}

  async run(...[work, args, signal]: Parameters<Executor['run']>): Promise<unknown> {
    const step = currentStep();
    try {
      return await this.pool.run(work, args, signal, thrown => reportLate(step, thrown));
    } catch (error) {
      throw own(error);
    }
  }

  async close(): Promise<void> {
    await this.pool.close();
  }
}

/** The work has ended well, but something that it left behind has thrown: an error of the code that requested it. */
function reportLate(step: Step | undefined, thrown: RemoteThrown): void {
  const exception = remakeThrown(thrown, Error, globalThis);
  const message = 'Exception in an executor after its work had ended';
  if (step?.loop == null) console.error(`${message}:`, exception);
  else step.loop.report({ message, exception }, step);
}

/** Runs work in an executor; cancelling the waiting code ends it. */
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

/** Resolves a module's relative path against the file that calls `above`; leaves other work unchanged. */
export function absolute<T>(work: Work<T>, above: (...args: never[]) => unknown): Work<T> {
  if (typeof work !== 'string' || !/^\.{1,2}[\\/]/.test(work)) return work;
  const caller = callerOf(above);
  return caller === undefined ? work : resolvePath(dirname(caller), work);
}

/** The file that calls `above`, without source maps. */
function callerOf(above: (...args: never[]) => unknown): string | undefined {
  const { prepareStackTrace } = Error;
  try {
    Error.prepareStackTrace = (_, frames) => frames;
    const holder: { stack?: Frames } = {};
    captureStackTrace(holder, above);
    const file = holder.stack?.[0]?.getFileName();
    return file?.startsWith('file:') ? fileURLToPath(file) : (file ?? undefined);
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}

/** An error in this realm, as executors live outside the sandbox. Each error is new, so replacing it is safe. */
function own(error: unknown): unknown {
  const remote = remoteOf(error);
  return remote === undefined ? error : remakeError(remote, Error, globalThis);
}
