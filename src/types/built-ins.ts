import type { Executor, Loop, Task, TaskFunction } from '../loop';
import type { GivenBackend } from '../loop/backend-of';
import type { PortOptions } from '../network/port-factory';
import type { BoundSocket, SocketOptions } from '../network/socket-factory';
import type { TcpProxy } from '../network/tcp-proxy';
import type { UdpSocket } from '../node/dgram';
import type { EntrypointOptions } from '../services/entrypoint-options';
import type { AnyService, Entrypoint } from '../services/entrypoint-types';
import type { AsyncTimeout, AsyncTimeoutProvider } from '../timeouts/clock';
import type { Fixtures, Request, Scope, TestInfo } from '../types';

/**
 * What may be requested without declaring it: by tests, hooks and fixtures. A fixture of the same name replaces it, except
 * for `request`; where it should keep its type, declare it with `test.override`.
 *
 * `Param`, `S` and `F` describe the requester, as in {@link Request}. See docs/fixtures.md.
 */
export interface BuiltIns<Param = undefined, S extends Scope = 'test', F = Fixtures> {
  /** The requester, and where it stands. No fixture can take this name. */
  readonly request: Request<Param, S, F>;
  /**
   * The requester's Loop. Override it to let tests run in another one, such as a subclass of your own: the
   * Loop that the fixture gives is current for what is set up after it, and closed at its end. Where a fixture has
   * entered `new Loop({ newLoop: false })` there is none: it is `null`. See docs/loops.md.
   */
  readonly eventLoop: Loop;
  /**
   * Whether Loops remember where their tasks and timers were created, and report what blocks them. Override it for a part
   * of the tests.
   * @default the project's option `debug`, else `false`. See docs/loops.md.
   */
  readonly loopDebug: boolean;
  /**
   * The exceptions that the test has not handled so far, where `catchLoopExceptions(false)` collects them instead
   * of failing the test: the same array, which grows. Empty elsewhere. See docs/errors.md.
   */
  readonly loopExceptions: readonly unknown[];
  /**
   * The time limit of the function that requests it: `asyncTimeout.set(ms)` restarts its clock, `ms` milliseconds from now, any
   * number of times. What a set-up has set counts for the fixture's teardown as well. Throws on what is not greater than
   * 0, and when the function has ended. See docs/timeouts.md.
   */
  readonly asyncTimeout: {
    /** Restarts the clock: `ms` milliseconds from now. */
    set(this: void, ms: number): void;
  };
  /**
   * Says how functions are timed. Override it to replace the policy: `load({ defaultTimeout, name, phase })` gives an
   * {@link AsyncTimeout} for each function that has a limit. Of any scope but `'session'`. See docs/timeouts.md.
   */
  readonly asyncTimeoutProvider: AsyncTimeoutProvider;
  /**
   * Milliseconds for tests, each-hooks and each phase of a test-scoped fixture that have no other limit: greater
   * than 0, or `Infinity` for none. Anything else is an error when it is needed. Override it to set it.
   * @default that of the next wider scope. See docs/timeouts.md.
   */
  readonly defaultAsyncTimeout: number;
  /** The same at `describe` scope, `beforeAll` and `afterAll` hooks of blocks included. See docs/timeouts.md. */
  readonly describeDefaultAsyncTimeout: number;
  /** The same at `file` scope, `beforeAll` and `afterAll` hooks of the file included. See docs/timeouts.md. */
  readonly fileDefaultAsyncTimeout: number;
  /** The same at `directory` scope. See docs/timeouts.md. */
  readonly directoryDefaultAsyncTimeout: number;
  /** The same at `worker` scope. See docs/timeouts.md. */
  readonly workerDefaultAsyncTimeout: number;
  /**
   * The same at `session` scope: the last that is looked for.
   * @default the project's option `defaultAsyncTimeout`, else Jest's `testTimeout`. See docs/timeouts.md.
   */
  readonly sessionDefaultAsyncTimeout: number;
  /**
   * What goes around the body of each test: `run` calls the body, under its time limit. It has to be called; what it
   * returns should be awaited. Override it to run tests inside of something. See docs/errors.md.
   */
  readonly aroundTest: AroundTest;
  /**
   * The backend of the requester's Loop: a name, or `[name, options]`. Override it, or give it `params` to run tests on
   * several: `'node'`, real time; `'virtual'`, which jumps to the next timer when nothing is ready, with `{ threshold }`
   * ms of real time for I/O before each jump; `'chaos'`, which also shuffles what is ready; or a name of
   * `loopFactories`. Anything else is an error.
   * @default the project's option `backend`, else 'node'. See docs/backends.md.
   */
  readonly loopBackend: GivenBackend;
  /** The name of that backend. See docs/backends.md. */
  readonly loopBackendName: string;
  /** The options of that backend, `{}` for a mere name. See docs/backends.md. */
  readonly loopBackendOptions: Readonly<Record<string, unknown>>;
  /** The requester's background tasks, cancelled after its teardown. See docs/loops.md. */
  readonly tasks: TaskGroup;
  /**
   * How many threads or processes an executor has: override it. At the same time or wider than the Loop.
   * @default the project's option `threadPoolSize`, else 4. See docs/loops.md.
   */
  readonly threadPoolSize: number;
  /**
   * The pool of threads of the requester's Loop, which `loop.runInExecutor` uses. Override it with an executor, or with
   * a class that is called with `threadPoolSize`: Loops then use that. See docs/loops.md.
   */
  readonly threadPoolExecutor: Executor;
  /**
   * A pool of processes: `loop.runInExecutor` uses it from now on in the requester's Loop. Override it like
   * `threadPoolExecutor`. See docs/loops.md.
   */
  readonly processPoolExecutor: Executor;
  /** The address of this machine for itself: `'127.0.0.1'`, or `'::1'` where there is no IPv4. See docs/network.md. */
  readonly localhost: string;
  /**
   * A TCP port that nothing uses, on IPv4 and IPv6. Never given twice in a run. All requesters in one scope get the
   * same. See docs/network.md.
   */
  readonly unusedTcpPort: number;
  /** Gives another such port with each call; rejects after the end of the scope. See docs/network.md. */
  readonly unusedTcpPortFactory: (options?: PortOptions) => Promise<number>;
  /** A UDP port that nothing uses, on IPv4 and IPv6. Never given twice in a run. See docs/network.md. */
  readonly unusedUdpPort: number;
  /** Gives another such port with each call; rejects after the end of the scope. See docs/network.md. */
  readonly unusedUdpPortFactory: (options?: PortOptions) => Promise<number>;
  /** Gives bound sockets, which are closed when the scope ends. See docs/network.md. */
  readonly socketFactory: SocketFactory;
  /** The class {@link TcpProxy}: a proxy that delays, changes and breaks what passes. See docs/network.md. */
  readonly tcpProxy: typeof TcpProxy;
  /**
   * What `entrypoint` starts: override it. Where it is overridden, the services run for every test that sees them, as
   * long as the scope of the fixture says, a file at most.
   * @default []. See docs/services.md.
   */
  readonly services: readonly AnyService[];
  /** What the services find in their context when they start: override it. @default {}. See docs/services.md. */
  readonly defaultContext: Readonly<Record<string, unknown>>;
  /** The limits of `entrypoint`, and handlers of its signals: override it. @default {}. See docs/services.md. */
  readonly entrypointOptions: EntrypointOptions;
  /** Starts `services`, and stops them at its end. See docs/services.md. */
  readonly entrypoint: Entrypoint;
}

/** The value of the fixture `socketFactory`. See docs/network.md. */
export interface SocketFactory {
  /** A TCP socket, bound and not listening: `server.listen(socket)` takes it. */
  (options: SocketOptions & { readonly type: 'tcp' }): Promise<BoundSocket>;
  /** A UDP socket, bound. */
  (
    options: SocketOptions & { readonly type: 'udp' },
  ): Promise<
    BoundSocket & {
      /** It sends and receives at once. */
      readonly socket: UdpSocket;
    }
  >;
}

/** What goes around the body of a test: calls `run` once and waits for it. See docs/fixtures.md. */
export type AroundTest = (run: () => Promise<unknown>, test: TestInfo) => unknown;

/**
 * The value of the fixture `tasks`: background tasks that end with their requester. One that fails ends the test with
 * its error. See docs/loops.md.
 */
export interface TaskGroup {
  /** Starts `fn(signal)` as a task of the Loop. Throws when the requester has ended. */
  start<T>(this: void, fn: TaskFunction<T>, options?: { readonly name?: string }): Task<T>;
  /**
   * Starts `fn(ready, signal)` as a task, and waits until it calls `ready(value)`: gives that value. Rejects if the task
   * ends before that.
   */
  ready<T = void>(
    this: void,
    fn: (ready: (value: T) => void, signal: AbortSignal) => unknown,
    options?: { readonly name?: string },
  ): Promise<T>;
}
