// Loops, in tests and without Jest.

import {
  type AsyncTimeout,
  type AsyncTimeoutLoad,
  CancelledError,
  type ExceptionContext,
  type Executor,
  Future,
  type getEventLoop,
  type getRunningLoop,
  Handle,
  type isManagedTest,
  Loop,
  LoopClosedError,
  type LoopOptions,
  newEventLoop,
  setEventLoop,
  sleep,
  Task,
} from 'jest-loop';
import { expectEqual } from '../helpers';

export async function main(): Promise<void> {
  await using loop = new Loop({ name: 'mine', debug: true, newLoop: true });
  expectEqual<typeof loop.controlledLoop, Loop | null>(true);
  expectEqual<[typeof loop.closed, typeof loop.running, typeof loop.debug], [boolean, boolean, boolean]>(
    true,
  );

  const task = loop.createTask(async signal => (signal.aborted ? 'aborted' : 1), { name: 'task' });
  expectEqual<typeof task, Task<1 | 'aborted'>>(true);
  expectEqual<Awaited<typeof task>, 1 | 'aborted'>(true);
  expectEqual<[typeof task.done, typeof task.signal], [boolean, AbortSignal]>(true);
  const list = await task.then(value => [value]).finally(() => sleep(1));
  expectEqual<typeof list, (string | number)[]>(true);
  task.cancel('reason');
  if (task instanceof Task) loop.tasks().includes(task);

  const future = loop.createFuture<number>();
  expectEqual<typeof future, Future<number>>(true);
  future.setResult(1);
  // @ts-expect-error a number
  future.setResult('1');
  future.setException(new Error());
  expectEqual<boolean, typeof future.cancelled>(true);
  if ((future as unknown) instanceof Future) future.cancel();

  const handle = loop.callLater(10, (a: number, b: string) => [a, b], 1, 'b');
  expectEqual<typeof handle, Handle>(true);
  // @ts-expect-error its arguments
  loop.callSoon((a: number) => a, 'a');
  // @ts-expect-error milliseconds first
  loop.callAt(() => {});
  if (handle instanceof Handle && !handle.cancelled) handle.cancel();

  const numbers = loop.track(
    (async function* () {
      yield 1;
    })(),
  );
  for await (const n of numbers) expectEqual<typeof n, number>(true);
  // @ts-expect-error an async generator
  loop.track([1]);
  expectEqual<ReturnType<typeof loop.run<string>>, string>(true);
  expectEqual<number, Awaited<ReturnType<typeof loop.runUntilComplete<number>>>>(true);
  const sum = await loop.runInExecutor((a: number, b: number) => a + b, 1, 2);
  expectEqual<typeof sum, number>(true);
  const inferred = await loop.runInExecutor((a, b) => [a.toFixed(), b.length], 1, 'x');
  expectEqual<typeof inferred, (string | number)[]>(true);
  const counted = await loop.runInExecutor<number>((a: number, b = 2) => a + b, 1);
  expectEqual<typeof counted, number>(true);
  loop.runInExecutor(async (a: number, b?: string) => a + (b ?? ''), 1);
  loop.runInExecutor('./module.js', 1, 'x');
  // @ts-expect-error a number
  loop.runInExecutor((a: number) => a, '1');
  // @ts-expect-error two arguments
  loop.runInExecutor((a: number, b: number) => a + b, 1);
  const fromModule = await loop.runInExecutor<Date>('./module.js');
  expectEqual<typeof fromModule, Date>(true);

  loop.setExceptionHandler((own, { message, exception }) => {
    expectEqual<[typeof own, typeof message, typeof exception], [Loop, string, unknown]>(true);
  });
  loop.setExceptionHandler(undefined);
  loop.callExceptionHandler({ message: 'mine', exception: new Error() } satisfies ExceptionContext);
  // @ts-expect-error a message
  loop.callExceptionHandler({ exception: new Error() });
  const executor: Executor = { run: async () => undefined as never, close: async () => {} };
  loop.setDefaultExecutor(executor);

  expectEqual<[ReturnType<typeof getRunningLoop>, ReturnType<typeof getEventLoop>], [Loop, Loop]>(true);
  setEventLoop(loop);
  setEventLoop(undefined);
  const options: LoopOptions = { newLoop: false };
  expectEqual<ReturnType<typeof newEventLoop>, Loop>(true);
  await newEventLoop(options).close();
  // @ts-expect-error unknown option
  new Loop({ nam: 'x' });
  // @ts-expect-error none of its
  loop.successor;
}

main().catch(error => {
  if (error instanceof CancelledError) expectEqual<typeof error.reason, unknown>(true);
  if (error instanceof LoopClosedError) expectEqual<typeof error.code, string>(true);
});
expectEqual<ReturnType<typeof isManagedTest>, boolean>(true);

/** A clock of the user's. */
export class Policy implements AsyncTimeout {
  constructor(private readonly load: AsyncTimeoutLoad) {}
  get timeout(): number {
    return this.load.defaultTimeout * 2;
  }
  set(_ms: number): void {}
  start(expire: () => void): void {
    expire();
  }
  stop(): void {}
}
