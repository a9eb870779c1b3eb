export { CancelledError, LoopClosedError } from './cancelled';
export { getEventLoop, getRunningLoop, newEventLoop, setEventLoop, sleep } from './current';
export type { Executor } from './executor';
export { Future } from './future';
export { Handle } from './handle';
export { Loop } from './loop';
export type { ExceptionHandler, LoopOptions } from './loop-options';
export type { ExceptionContext } from './step';
export { Task, type TaskFunction } from './task';
