import type * as JestGlobals from '@jest/globals';
import type * as network from './entries/network';
import type * as services from './entries/services';
import { api, jestGlobal, loadedExports, loopApi } from './jest/api/current-api';
import type { JestClass, JestFunction, JestObject } from './jest/api/jest-object';
import type * as core from './loop';
import type { DescribeAPI, FixtureFunction, HookAPI, Mark, MergeTests, TestAPI } from './types';

/*
 * All that is public. Each function belongs to the test file that loads this: it is looked up in the
 * `TestFile`, so a second copy of this module is as good as the first.
 */
export type * from './types';
export type * from './types/jest-globals';

/** Registers a test, which may request fixtures. Jest's own, and more: see {@link TestAPI} and docs/fixtures.md. */
export const test = api('test') as TestAPI;
/** The same function as {@link test}. See docs/fixtures.md. */
export const it = test;
/** Groups tests: Jest's own, with {@link DescribeAPI}'s modifiers. See docs/errors.md. */
export const describe = api('describe') as DescribeAPI;

/** Jest's `beforeAll`, which may request fixtures of `describe` scope and wider. See docs/fixtures.md. */
export const beforeAll = api('beforeAll') as TestAPI['beforeAll'];
/** Jest's `beforeEach`, which may request fixtures: the test's own instances. See docs/fixtures.md. */
export const beforeEach = api('beforeEach') as HookAPI;
/** Jest's `afterEach`, which may request fixtures: the test's own instances. See docs/fixtures.md. */
export const afterEach = api('afterEach') as HookAPI;
/** Jest's `afterAll`, which may request fixtures of `describe` scope and wider. See docs/fixtures.md. */
export const afterAll = api('afterAll') as TestAPI['afterAll'];

/** Declares a fixture for the place where it is called. See {@link FixtureFunction} and docs/fixtures.md. */
export const fixture = api('fixture') as FixtureFunction;
/** Statements for the tests of the enclosing describe block or file. See {@link Mark} and docs/errors.md. */
export const mark = api('mark') as Mark;
/**
 * A `test` that sees the fixtures of all that it is given; where several have one of a name, the last wins.
 * See docs/fixtures.md.
 */
export const mergeTests = api('mergeTests') as MergeTests;

/** The pending work that one scope owns. See {@link Loop} and docs/loops.md. */
export const Loop = loopApi('Loop') as typeof core.Loop;
export type Loop = core.Loop;
/** The Loop that code runs in; throws `ERR_LOOP_NONE` where there is none. See docs/loops.md. */
export const getRunningLoop = loopApi('getRunningLoop') as typeof core.getRunningLoop;
/** The running Loop, or else that of `setEventLoop`; throws `ERR_LOOP_NONE` without either. See docs/loops.md. */
export const getEventLoop = loopApi('getEventLoop') as typeof core.getEventLoop;
/** What `getEventLoop` gives where no Loop is running. See docs/loops.md. */
export const setEventLoop = loopApi('setEventLoop') as typeof core.setEventLoop;
/** A new Loop, which is not current. See docs/loops.md. */
export const newEventLoop = loopApi('newEventLoop') as typeof core.newEventLoop;
/** Waits some milliseconds in the running Loop. See docs/loops.md. */
export const sleep = loopApi('sleep') as typeof core.sleep;
/** What waits are rejected with when the work that waits is cancelled. See docs/loops.md. */
export const CancelledError = loopApi('CancelledError') as typeof core.CancelledError;
export type CancelledError = core.CancelledError;
/** Thrown by whatever schedules on a closed Loop. See docs/loops.md. */
export const LoopClosedError = loopApi('LoopClosedError') as typeof core.LoopClosedError;
export type LoopClosedError = core.LoopClosedError;
/** A function that runs in a Loop: `loop.createTask(fn)` makes it. See docs/loops.md. */
export const Task = loopApi('Task') as typeof core.Task;
export type Task<T = unknown> = core.Task<T>;
/** An outcome to be set later: `loop.createFuture()` makes it. See docs/loops.md. */
export const Future = loopApi('Future') as typeof core.Future;
export type Future<T = unknown> = core.Future<T>;
/** A callback that is going to be called: `loop.callLater(ms, fn)` makes it. See docs/loops.md. */
export const Handle = loopApi('Handle') as typeof core.Handle;
export type Handle = core.Handle;

/** A TCP proxy that delays, changes and breaks what passes. See docs/network.md. */
export declare const TcpProxy: typeof network.TcpProxy;
export type TcpProxy = network.TcpProxy;
/** Something that runs while a test needs it; the base class of services. See docs/services.md. */
export declare const Service: typeof services.Service;
export type Service = services.Service;
/** A TCP server as a service. See docs/services.md. */
export declare const TcpServerService: typeof services.TcpServerService;
export type TcpServerService = services.TcpServerService;
/** An HTTP server as a service. See docs/services.md. */
export declare const HttpServerService: typeof services.HttpServerService;
export type HttpServerService = services.HttpServerService;
/** A child process as a service. See docs/services.md. */
export declare const ProcessService: typeof services.ProcessService;
export type ProcessService = services.ProcessService;

/** Loaded when the first of them is looked at: few test files need them. */
const LAZY = {
  TcpProxy: () => (loadedExports('network') ?? require('./entries/network')) as typeof network,
  ...Object.fromEntries(
    ['Service', 'TcpServerService', 'HttpServerService', 'ProcessService'].map(name => [
      name,
      () => (loadedExports('services') ?? require('./entries/services')) as typeof services,
    ]),
  ),
};
for (const [name, load] of Object.entries(LAZY)) {
  const get = (): unknown => (load() as Record<string, unknown>)[name];
  Object.defineProperty(module.exports, name, { enumerable: true, get });
}
// For Node, which reads the names of ES imports from the text: on one line, see test/tools/bundle.js.
// biome-ignore format: one line
// biome-ignore lint/suspicious/noAssignInExpressions: it never runs
0 && (module.exports = { TcpProxy, Service, TcpServerService, HttpServerService, ProcessService });

export { isManagedTest } from './jest/file/managed';
export type { ExceptionContext, ExceptionHandler, Executor, LoopOptions, TaskFunction } from './loop';
export type { GivenBackend } from './loop/backend-of';
export type { Direction, ProxyConnection } from './network/connection';
export type { PortOptions } from './network/port-factory';
export type { BothWays, TcpProxyOptions, WithTimeout } from './network/proxy-options';
export type { ContentProcessor } from './network/shaping';
export type { BoundSocket, SocketOptions } from './network/socket-factory';
export type { ServiceContext } from './services/context';
export type { EntrypointOptions } from './services/entrypoint-options';
export type {
  AnyService,
  Entrypoint,
  EntrypointSignal,
  SignalEvent,
  SignalHandler,
} from './services/entrypoint-types';
export type { ProcessOptions, ProcessReady } from './services/process-options';
export type { HttpServerOptions, ListenOptions, TcpServerOptions } from './services/servers';
export type { AsyncTimeout, AsyncTimeoutLoad, AsyncTimeoutProvider } from './timeouts/clock';

/** Jest's own `expect`. See docs/typescript.md. */
export const expect = jestGlobal('expect') as typeof JestGlobals.expect;
/**
 * Jest's own `jest`, but for what mocks modules: `jest.mock` and its like are errors. Compilers move such calls above the
 * imports for the global `jest` and for that of '@jest/globals' alone. See docs/typescript.md.
 */
export const jest = jestGlobal('jest') as JestObject;

/** The types beside the value {@link jest}, such as `jest.Mocked<typeof module>`: Jest's own. See docs/typescript.md. */
export declare namespace jest {
  /** A mock function. */
  export type Mock<T extends JestFunction = JestFunction> = JestGlobals.jest.Mock<T>;
  /** An object or function whose functions are mocks. */
  export type Mocked<T extends object> = JestGlobals.jest.Mocked<T>;
  /** A class whose instances are mocks. */
  export type MockedClass<T extends JestClass> = JestGlobals.jest.MockedClass<T>;
  /** A function that is a mock. */
  export type MockedFunction<T extends JestFunction> = JestGlobals.jest.MockedFunction<T>;
  /** An object whose functions are mocks. */
  export type MockedObject<T extends object> = JestGlobals.jest.MockedObject<T>;
  /** A property that `jest.replaceProperty` has replaced. */
  export type Replaced<T> = JestGlobals.jest.Replaced<T>;
  /** A function or class that is spied on. */
  export type Spied<T extends JestClass | JestFunction> = JestGlobals.jest.Spied<T>;
  /** A class that is spied on. */
  export type SpiedClass<T extends JestClass> = JestGlobals.jest.SpiedClass<T>;
  /** A function that is spied on. */
  export type SpiedFunction<T extends JestFunction> = JestGlobals.jest.SpiedFunction<T>;
  /** A getter that is spied on. */
  export type SpiedGetter<T> = JestGlobals.jest.SpiedGetter<T>;
  /** A setter that is spied on. */
  export type SpiedSetter<T> = JestGlobals.jest.SpiedSetter<T>;
}
