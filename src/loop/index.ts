export { Handle } from './callbacks';
export { getEventLoop, getRunningLoop, newEventLoop, setEventLoop, sleep } from './current';
export type { Executor } from './executor/executor';
export { Future } from './future';
export { type ExceptionHandler, Loop } from './loop';
export type { LoopOptions } from './loop-options';
export { CancelledError, LoopClosedError } from './steps/cancellation';
export type { ExceptionContext } from './steps/step';
export { Task, type TaskFunction } from './task';
