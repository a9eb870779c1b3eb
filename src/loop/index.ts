export { Handle } from './callbacks';
export { CancelledError, LoopClosedError } from './cancellation';
export { getEventLoop, getRunningLoop, newEventLoop, setEventLoop, sleep } from './current';
export type { Executor } from './executor/executor';
export { Future } from './future';
export { type ExceptionHandler, Loop } from './loop';
export type { LoopOptions } from './reports';
export type { ExceptionContext } from './step';
export { Task, type TaskFunction } from './task';
