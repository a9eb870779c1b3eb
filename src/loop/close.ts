import * as promises from '../node/promise';
import type { Executor } from './executor/executor';
import { CancelledError, isCancelled } from './steps/cancellation';
import type { WorkOwner } from './steps/pending-work';
import { currentStep } from './steps/step';
import type { Task } from './task';

/** Tasks that start tasks while they are cancelled: after so many rounds they are given up. */
const ROUNDS = 16;

/** A Loop as its end sees it. */
interface ClosingLoop extends WorkOwner {
  tasks(): Task[];
}

/** What closing a Loop ends besides what it owns. */
export interface Closing {
  readonly loop: ClosingLoop;
  /** Whose code closes it: that is not ended by this. */
  readonly self: Task | undefined;
  readonly executors: ReadonlySet<Executor>;
  finishGenerators(): Promise<void>;
  /** From now on nothing is scheduled any more. */
  seal(): void;
}

/** The steps of `loop.close()`, every one whatever another does. */
export async function closeLoop(closing: Closing): Promise<void> {
  const { loop } = closing;
  const reason = new CancelledError(`Cancelled: Loop "${loop.name}" is closing`);
  const steps = [
    () => cancelTasks(closing, reason),
    () => closing.finishGenerators(),
    () => leaveWaits(loop, reason),
    // Those that were started meanwhile.
    () => cancelTasks(closing, reason),
    () => closeExecutors(closing),
    () => closing.seal(),
    () => leaveWaits(loop, reason),
    () => dropTasks(closing),
  ];
  for (const step of steps) await attempt(loop, step);
}

async function attempt(loop: ClosingLoop, step: () => unknown): Promise<void> {
  try {
    await step();
  } catch (exception) {
    loop.report({ message: 'An error occurred during closing of the Loop', exception }, currentStep());
  }
}

async function cancelTasks({ loop, self }: Closing, reason: unknown): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const tasks = loop.tasks().filter(task => task !== self);
    if (tasks.length === 0) return;
    await promises.all(tasks.map(task => cancelTask(loop, task, reason)));
  }
}

async function cancelTask(loop: ClosingLoop, task: Task, reason: unknown): Promise<void> {
  const ended = task.ended();
  // One that cleans up already is let do so.
  if (!task.cancelling) task.cancel(reason);
  const failed = await ended;
  if (failed === undefined || task.observed || isCancelled(failed.error)) return;
  const message = `Unhandled exception of task "${task.name}" during shutdown`;
  loop.report({ message, exception: failed.error, task }, task.step);
}

/** Timers, and waits of code that is no task: another Loop takes them over, or they end. */
function leaveWaits(loop: ClosingLoop, reason: unknown): void {
  for (const item of [...loop.items]) {
    if (item.kind === 'task') continue;
    const heir =
      item.alive && !item.step?.givenUp ? (loop.successor?.(item.step) as WorkOwner | undefined) : undefined;
    if (item.step?.givenUp) item.drop();
    else if (heir === undefined || heir.closed) item.cancel(reason);
    else {
      loop.items.delete(item);
      item.loop = heir;
      heir.items.add(item);
    }
  }
}

async function closeExecutors({ loop, executors }: Closing): Promise<void> {
  await promises.all([...executors].map(executor => attempt(loop, () => executor.close())));
}

function dropTasks({ loop, self }: Closing): void {
  for (const task of loop.tasks()) if (task !== self) task.drop();
}
