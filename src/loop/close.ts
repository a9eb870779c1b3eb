import { executorNotClosed } from '../errors/loop/executor';
import * as promises from '../node/promise';
import { afterGrace } from '../process/real-time';
import { awaitEnd } from './await-end';
import type { Executor } from './executor/executor';
import { CancelledError, isCancelled, loopError } from './steps/cancellation';
import type { WorkOwner } from './steps/pending-work';
import { currentStep } from './steps/step';
import type { Task } from './task';

/** How often tasks that keep starting tasks are cancelled before they are given up. */
const ROUNDS = 16;

/** How many grace periods an executor has to close: processes take a while to end. */
const EXECUTOR_GRACES = 5;

/** A Loop as `closeLoop` sees it. */
interface ClosingLoop extends WorkOwner {
  /** In ms. */
  readonly grace: number;
  tasks(): Task[];
}

/** A Loop to close, and what else ends with it. */
export interface Closing {
  readonly loop: ClosingLoop;
  /** The task that closes it, which goes on. */
  readonly self: Task | undefined;
  readonly executors: ReadonlySet<Executor>;
  finishGenerators(): Promise<void>;
  /** Refuses new work from now on. */
  seal(): void;
}

/** The one error of everything that the close cancels. */
type Reason = () => CancelledError;

/** The steps of `loop.close()`; each runs whatever fails before it. */
export async function closeLoop(closing: Closing): Promise<void> {
  const { loop } = closing;
  let made: CancelledError | undefined;
  // Most Loops have nothing left that needs it, and a stack is dear.
  const reason: Reason = () => {
    made ??= new CancelledError(`Cancelled: Loop "${loop.name}" is closing`);
    return made;
  };
  const steps = [
    () => cancelTasks(closing, reason),
    () => closing.finishGenerators(),
    () => leaveWaits(loop, reason),
    // Tasks started meanwhile.
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

async function cancelTasks({ loop, self }: Closing, reason: Reason): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const tasks = loop.tasks().filter(task => task !== self);
    if (tasks.length === 0) return;
    await awaitEnd([loop], promises.all(tasks.map(task => cancelTask(loop, task, reason()))));
  }
}

/** Cancels a task and waits for its end; reports what else goes wrong. */
export async function cancelTask(loop: ClosingLoop, task: Task, reason: unknown): Promise<void> {
  const ended = task.ended();
  // A task that is cleaning up goes on.
  if (!task.cancelling) task.cancel(reason);
  const failed = await ended;
  if (failed === undefined || task.observed || isCancelled(failed.error)) return;
  const message = `Unhandled exception of task "${task.name}" during shutdown`;
  loop.report({ message, exception: failed.error, task }, task.step);
}

/** Ends timers, and waits outside of tasks, unless another Loop takes them over. */
function leaveWaits(loop: ClosingLoop, reason: Reason): void {
  for (const work of [...loop.pending]) {
    if (work.kind === 'task') continue;
    const heir =
      work.alive && !work.step?.givenUp ? (loop.successor?.(work.step) as WorkOwner | undefined) : undefined;
    if (work.step?.givenUp) work.drop();
    // What waits for virtual time waits for nothing elsewhere.
    else if (heir === undefined || heir.closed || heir.backend !== work.loop.backend) work.cancel(reason());
    else {
      loop.pending.delete(work);
      work.loop = heir;
      heir.pending.add(work);
    }
  }
}

async function closeExecutors({ loop, executors }: Closing): Promise<void> {
  await promises.all(
    [...executors].map(executor => attempt(loop, () => closeExecutor(executor, loop.grace))),
  );
}

/** It may be the user's own. One that does not close is left: no time limit ends the close of a Loop. */
async function closeExecutor(executor: Executor, grace: number): Promise<void> {
  const ms = EXECUTOR_GRACES * grace;
  let closed = (): void => {};
  const late = new Promise<void>((_, reject) => {
    closed = afterGrace(ms, () => reject(loopError(executorNotClosed(ms))));
  });
  try {
    await promises.race([executor.close(), late]);
  } finally {
    closed();
  }
}

function dropTasks({ loop, self }: Closing): void {
  for (const task of loop.tasks()) if (task !== self) task.drop();
}
