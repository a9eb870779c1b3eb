import * as promises from '../node/promise';
import { afterGrace } from '../process/real-time';
import { awaitEnd } from './await-end';
import { CancelledError, isCancelled } from './steps/cancellation';
import { runIn, type StepLoop } from './steps/step';
import { Passage } from './steps/step-ancestry';

/** An async generator of any realm. */
export interface TrackedGenerator {
  next(value?: unknown): Promise<unknown>;
  throw(error: unknown): Promise<unknown>;
  return(value?: unknown): Promise<unknown>;
}

/** Reports an error other than the one thrown in. */
export type ReportError = (error: unknown, generator: TrackedGenerator) => void;

type Method = (this: unknown, ...args: unknown[]) => Promise<{ readonly done?: boolean }>;
const METHODS = ['next', 'throw', 'return'] as const;

/** Tracks a generator until it ends. Its methods' results are the only sign of that. */
export function track(generators: Set<TrackedGenerator>, generator: TrackedGenerator): void {
  if (generators.has(generator)) return;
  generators.add(generator);
  const watched = METHODS.filter(name => canWatch(generator, name));
  const forget = (): void => {
    generators.delete(generator);
    for (const name of watched) delete (generator as Partial<TrackedGenerator>)[name];
  };
  for (const name of watched) {
    const method = generator[name] as Method;
    const value: Method = async function (this: unknown, ...args) {
      let done: boolean | undefined = true;
      try {
        const result = await Reflect.apply(method, this, args);
        done = result.done;
        return result;
      } finally {
        if (done) forget();
      }
    };
    Object.defineProperty(generator, name, { value, configurable: true, writable: true });
  }
}

/** Whether a method can be replaced and restored. */
function canWatch(generator: TrackedGenerator, name: (typeof METHODS)[number]): boolean {
  return (
    Object.isExtensible(generator) && !Object.hasOwn(generator, name) && typeof generator[name] === 'function'
  );
}

/**
 * Ends async generators one after another, the last tracked first: throws CancelledError in, so that `catch` and
 * `finally` run, then returns it. Leaves one that still waits after the grace period: its calls queue behind that.
 */
async function finish(generators: Set<TrackedGenerator>, grace: number, report: ReportError): Promise<void> {
  for (const generator of [...generators].reverse()) {
    // Another call may be ending them, too.
    if (!generators.delete(generator)) continue;
    const end = async (): Promise<void> => {
      try {
        await generator.throw(new CancelledError('Cancelled: the Loop is closing'));
        await generator.return(undefined);
      } catch (error) {
        if (!isCancelled(error)) report(error, generator);
      }
    };
    await atMost(end(), grace);
  }
}

async function atMost(work: Promise<void>, ms: number): Promise<void> {
  let cancel: (() => void) | undefined;
  const over = new Promise<void>(resolve => {
    cancel = afterGrace(ms, resolve);
  });
  await promises.race([work, over]);
  cancel?.();
}

/** A Loop as its generators see it. */
interface GeneratorLoop extends StepLoop {
  readonly generators: Set<TrackedGenerator>;
  readonly grace: number;
}

/** Finishes the generators of a Loop, in a separate step, and reports their errors. */
export async function finishGenerators(loop: GeneratorLoop): Promise<void> {
  if (loop.generators.size === 0) return;
  const step = new Passage(`end of the generators of ${loop.name}`, loop);
  const ending = runIn(step, () =>
    finish(loop.generators, loop.grace, (exception, generator) => {
      const message = 'An error occurred during closing of an asynchronous generator';
      loop.report({ message, exception, promise: generator }, step);
    }),
  );
  await awaitEnd([loop], ending);
}
