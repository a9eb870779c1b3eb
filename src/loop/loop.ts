import { invalidLoopCall, loopClosed, noLoopManaged } from '../errors/loop/loop';
import * as promises from '../node/promise';
import { processState } from '../process/process-state';
import { inheritedBackend, makeBackend } from './backend-of';
import { type Handle, schedule, siteOfTask, sleepIn } from './callbacks';
import { closeLoop } from './close';
import { checkedContext, ExceptionReports } from './exception-reports';
import { LoopExecutors } from './executor/loop-executors';
import { type Args, absolute, type Executor, runInExecutor, type Work } from './executor/run-in-executor';
import { Future } from './future';
import { finishGenerators, type TrackedGenerator, track } from './generators';
import { GRACE, type LoopOptions } from './loop-options';
import { loopEnded, loopMade } from './open-loops';
import { following } from './promises';
import type { BackendChoice, LoopBackend } from './steps/backend';
import { CancelledError } from './steps/cancellation';
import { Installed } from './steps/current-step';
import { type PendingWork, siteOf } from './steps/pending-work';
import { currentStep, type ExceptionContext, mistake, runIn, type Step, type StepLoop } from './steps/step';
import { Passage } from './steps/step-ancestry';
import { waitFor } from './steps/wait';
import { Task, type TaskFunction } from './task';
import { installStandalone } from './timers/ambient';
import { UnawaitedTasks } from './unawaited-tasks';

/**
 * The pending work that one scope owns: tasks, timers, waits, async generators, pools. Code that starts in a Loop runs
 * in it, and the work that it starts belongs to the Loop, which ends it on close.
 *
 * ```ts
 * await using loop = new Loop();
 * const task = loop.createTask(async () => { await loop.sleep(100); return 'done'; });
 * console.log(await task);
 * ```
 *
 * All times are milliseconds. See docs/loops.md.
 */
export class Loop {
  /** For messages. */
  readonly name: string;
  /** @internal */
  readonly pending = new Set<PendingWork>();
  /** @internal */
  readonly generators = new Set<TrackedGenerator>();
  /** @internal */
  grace = GRACE;
  /** @internal */
  tracing = false;
  /** @internal */
  sweepAt = 512;
  /** @internal The executors of `runInExecutor`. */
  readonly executors = new LoopExecutors();
  /** @internal What drives its time; undefined for Node's own. */
  backend: LoopBackend | undefined;
  /** @internal Whether its backend ends with it. */
  ownsBackend: boolean;
  /** @internal The backend that was chosen for it: a factory's name may stand for another. */
  choice: BackendChoice | undefined;
  /** @internal The Loop that takes over a step's timers and waits when this one closes; undefined drops them. */
  successor: ((step: Step | undefined) => StepLoop | undefined) | undefined;
  readonly #exceptions = new ExceptionReports();
  readonly #unawaited = new UnawaitedTasks();
  readonly #none: boolean;
  #debug: boolean;
  #closed = false;
  #closing: Promise<void> | undefined;
  #running = 0;
  #installed: Installed | undefined;

  constructor(options: LoopOptions = {}) {
    if (typeof options !== 'object' || options === null)
      throw mistake(invalidLoopCall('new Loop()', 'an object with options', options));
    const { name = 'loop', debug = false, backend, newLoop } = options;
    this.name = String(name);
    this.#debug = Boolean(debug);
    this.#none = newLoop === false;
    installStandalone();
    this.ownsBackend = backend !== undefined;
    this.backend = backend === undefined ? inheritedBackend() : makeBackend(backend);
    this.choice = this.backend;
    if (newLoop !== undefined) this.#installed = new Installed(this.controlledLoop);
    loopMade(this);
  }

  /** Whether it is closed. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Whether its own code asks, or what `run` or `runUntilComplete` was given has not finished or settled. */
  get running(): boolean {
    return this.#running > 0 || (!this.#closed && currentStep()?.loop === this);
  }

  /** The Loop that is current under `new Loop({ newLoop })`: itself, or null for `newLoop: false`. */
  get controlledLoop(): Loop | null {
    return this.#none ? null : this;
  }

  /** Whether it records where tasks and timers were created, and reports blocking callbacks and unawaited tasks. */
  get debug(): boolean {
    return this.#debug;
  }

  /** Turns debug mode on or off. */
  setDebug(on: boolean): void {
    this.#debug = Boolean(on);
  }

  /** @internal */
  get hasExceptionHandler(): boolean {
    return this.#exceptions.handler !== undefined;
  }

  /** Milliseconds on a monotonic clock. */
  time(): number {
    return this.backend?.now() ?? processState.real.now();
  }

  /** Calls `fn` in this Loop and returns its result. Throws on a closed Loop. */
  run<T>(fn: () => T): T {
    this.#check('run()');
    if (typeof fn !== 'function') throw mistake(invalidLoopCall('loop.run()', 'a function', fn));
    this.#running++;
    const left = (): void => void this.#running--;
    const step = new Passage(`run of ${this.name}`, this);
    // A call inside a running task belongs to the task: it waits for what that waits for.
    step.task = currentStep()?.task;
    return following(() => runIn(step, fn), left);
  }

  /**
   * Calls a function in this Loop, or takes a promise, and resolves with its outcome; rejects with CancelledError if the
   * Loop closes first.
   */
  async runUntilComplete<T>(work: PromiseLike<T> | (() => T | PromiseLike<T>)): Promise<T> {
    this.#check('runUntilComplete()');
    const isFunction = typeof work === 'function';
    if (!isFunction && typeof (work as { then?: unknown } | null)?.then !== 'function')
      throw mistake(invalidLoopCall('loop.runUntilComplete()', 'a promise or a function', work));
    return await this.run(async () => {
      const promise = promises.resolve(isFunction ? work() : work);
      const late = (exception: unknown): void =>
        this.report({ message: 'Exception after the Loop was closed', exception, promise }, currentStep());
      return await waitFor(this, promise, 'runUntilComplete()', isFunction ? late : undefined);
    });
  }

  /** Starts `fn(signal)` as a task, in a later microtask. Throws on a closed Loop. */
  createTask<T>(fn: TaskFunction<T>, options?: { readonly name?: string }): Task<T> {
    this.#check('createTask()');
    if (typeof fn !== 'function') throw mistake(invalidLoopCall('loop.createTask()', 'a function', fn));
    const site = siteOfTask(this, options, this.createTask);
    const task = new Task<T>(this, fn, String(options?.name ?? (fn.name || 'anonymous')), site);
    if (this.#debug) this.#unawaited.add(task as Task);
    return task;
  }

  /** A future: an outcome to be set later. */
  createFuture<T = unknown>(): Future<T> {
    this.#check('createFuture()');
    return new Future<T>();
  }

  /** Waits `ms` milliseconds; 0 lets other work run. Rejects with CancelledError if the waiting code is cancelled. */
  sleep(ms: number = 0): Promise<void> {
    return this.sleepAbove(ms, this.sleep);
  }

  /** @internal */
  sleepAbove(ms: number, above: (...args: never[]) => unknown): Promise<void> {
    this.#check('sleep()');
    return sleepIn(this, ms, above);
  }

  /** Calls `fn(...args)` in a later turn, in the order of scheduling. */
  callSoon<A extends unknown[]>(fn: (...args: A) => unknown, ...args: A): Handle {
    this.#check('callSoon()');
    return schedule(this, 'callSoon', 0, fn, () => fn(...args), this.callSoon);
  }

  /** Calls `fn(...args)` in `ms` milliseconds. */
  callLater<A extends unknown[]>(ms: number, fn: (...args: A) => unknown, ...args: A): Handle {
    this.#check('callLater()');
    return schedule(this, 'callLater', ms, fn, () => fn(...args), this.callLater);
  }

  /** Calls `fn(...args)` when `loop.time()` is `time`. */
  callAt<A extends unknown[]>(time: number, fn: (...args: A) => unknown, ...args: A): Handle {
    this.#check('callAt()');
    if (typeof time !== 'number' || Number.isNaN(time))
      throw mistake(invalidLoopCall('loop.callAt()', 'a time of loop.time()', time));
    const ms = Math.max(0, time - this.time());
    return schedule(this, 'callAt', ms, fn, () => fn(...args), this.callAt);
  }

  /** The tasks that have not ended. */
  tasks(): Task[] {
    return [...this.pending].filter((work): work is Task => work.kind === 'task');
  }

  /** Makes the Loop finish an async generator when it closes. Returns the generator. */
  track<G extends TrackedGenerator>(generator: G): G {
    this.#check('track()');
    if (typeof generator?.throw !== 'function' || typeof generator.return !== 'function')
      throw mistake(invalidLoopCall('loop.track()', 'an async generator', generator));
    track(this.generators, generator);
    return generator;
  }

  /** Throws CancelledError into the tracked generators and returns them, the last tracked first. */
  async shutdownAsyncGenerators(): Promise<void> {
    await finishGenerators(this);
  }

  /**
   * Runs a self-contained function, or the default export of a module, in a thread. Arguments and result are cloned.
   * A relative module path is resolved against the calling file.
   */
  runInExecutor<T = unknown, A extends Args = Args>(work: Work<T, A>, ...args: A): Promise<T> {
    this.#check('runInExecutor()');
    const site = siteOf(this.runInExecutor);
    return runInExecutor<T>(this, this.executors.current, absolute(work, this.runInExecutor), args, site);
  }

  /** Sets the executor of `runInExecutor`. The Loop closes it at its end. */
  setDefaultExecutor(executor: Executor): void {
    this.#check('setDefaultExecutor()');
    if (typeof executor?.run !== 'function' || typeof executor.close !== 'function')
      throw mistake(invalidLoopCall('loop.setDefaultExecutor()', 'an executor: { run, close }', executor));
    this.executors.set(executor);
  }

  /** Makes `handler` take over unhandled exceptions; `undefined` lets them fail their owner again. */
  setExceptionHandler(handler: ExceptionHandler | null | undefined): void {
    if (handler != null && typeof handler !== 'function')
      throw mistake(invalidLoopCall('loop.setExceptionHandler()', 'a function or undefined', handler));
    this.#exceptions.handler = handler == null ? undefined : context => handler(this, context);
  }

  /** Reports an exception as unhandled. Without `exception` it is a warning. */
  callExceptionHandler(context: ExceptionContext): void {
    this.report(checkedContext('loop.callExceptionHandler()', context), currentStep());
  }

  /** @internal */
  report(context: ExceptionContext, step: Step | undefined): void {
    this.#exceptions.report(context, step);
  }

  /**
   * Ends its work: cancels and awaits tasks, finishes tracked generators, drops timers, shuts down executors; each step
   * runs whatever fails before it. Idempotent. A task of its own that closes it is not cancelled.
   */
  close(): Promise<void> {
    const task = currentStep()?.task as Task | undefined;
    const self = task !== undefined && this.pending.has(task) ? task : undefined;
    if (this.#closing === undefined) {
      let resolve!: () => void;
      this.#closing = new Promise(done => {
        resolve = done;
      });
      void this.#close(self).then(resolve);
    } else if (self !== undefined) return promises.resolve(); // The close waits for this task.
    return this.#closing;
  }

  /** Like `close()`; restores the Loop before `new Loop({ newLoop })`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #close(self: Task | undefined): Promise<void> {
    for (const { message, starter } of this.#unawaited.take())
      this.report({ message }, starter ?? currentStep());
    await closeLoop({
      loop: this,
      self,
      executors: this.executors.ending,
      finishGenerators: () => this.shutdownAsyncGenerators(),
      seal: () => {
        this.#closed = true;
        loopEnded(this);
        if (this.ownsBackend) this.backend?.close();
        this.#installed?.takeBack();
      },
    });
  }

  #check(call: string): void {
    if (this.#none) throw mistake(noLoopManaged(call));
    if (!this.#closed) return;
    // Code that was given up stays silent.
    if (currentStep()?.givenUp) throw new CancelledError();
    throw mistake(loopClosed(this.name, call));
  }
}

/** Takes over unhandled exceptions: then nothing fails. See docs/loops.md. */
export type ExceptionHandler = (loop: Loop, context: ExceptionContext) => void;
