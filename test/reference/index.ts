/*
 * What `jest-loop` exports, for the API reference: `src/index.ts` looks its classes up in the session of a test file, so
 * that their members stand elsewhere.
 */
export * from '../../src';
export { TcpProxy } from '../../src/entries/network';
export { HttpServerService, ProcessService, Service, TcpServerService } from '../../src/entries/services';
export {
  CancelledError,
  Future,
  getEventLoop,
  getRunningLoop,
  Handle,
  Loop,
  LoopClosedError,
  newEventLoop,
  setEventLoop,
  sleep,
  Task,
} from '../../src/loop';
