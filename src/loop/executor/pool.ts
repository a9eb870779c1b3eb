import type * as Workerpool from 'workerpool';
import * as texts from '../../errors/executor';
import type { Problem } from '../../errors/problem';
import { withOriginals } from '../../node/originals';
import { resolve as resolvePath } from '../../node/path';
import * as promises from '../../node/promise';
import { worker } from '../../process/store';
import { PACKAGE_FOLDER } from '../../util/package-folder';
import * as remote from './executor';
import type { Outcome } from './pool-worker';

/** What a pool is made of. */
export interface PoolOptions {
  readonly kind: 'thread' | 'process';
  /** How many threads or processes at most; 4. Each starts when it is first needed. */
  readonly size?: number | undefined;
  /** The compiled `pool-worker`. */
  readonly script?: string;
}

/** How work ended here: as there, or with its worker, or with those who wanted it. */
type End = Outcome | { kind: 'died' | 'closed'; reason: string } | { kind: 'aborted'; why: unknown };

type WorkerPool = ReturnType<typeof Workerpool.pool>;

/** Work on its way. */
interface Job extends remote.Request {
  readonly resolve: (end: End) => void;
  /** Nobody wants it any more. */
  stopped?: End;
}

// Found from a bundle in the folder beside, too.
const SCRIPT = resolvePath(PACKAGE_FOLDER, 'loop/executor/pool-worker.js');
/** Milliseconds until a worker that does not exit is killed, killed in earnest, and not waited for any more. */
const PATIENCE = { exit: 100, kill: 500, wait: 1000 };
/** What workerpool says when a worker had died before it was given the work. */
const UNSTARTED = 'Worker is terminated';
/** Makes a child wait for a debugger, take its port, or run something else than the script. */
const DROPPED = /^(?:--(?:inspect|debug|watch|test|eval|print|interactive|check|input-type)|-[ceip]+$)/;
const DROPPED_VARIABLE = /(?<=^|\s)--(?:inspect|debug)(?:-brk|-wait|-port)?(?:=\S*)?(?=\s|$)/g;
const PROBLEMS = {
  unreadable: texts.unreadableWork,
  unloaded: texts.moduleNotLoaded,
  'not-a-function': texts.noDefaultFunction,
  'not-cloneable': texts.resultNotCloneable,
  died: texts.workerDied,
  closed: texts.executorClosed,
} satisfies Record<string, (label: string, reason: string) => Problem>;

/**
 * A pool of threads or processes. It works in real time and belongs to no Loop. Load it outside of the sandbox of a
 * test file: fake timers there would hold back the end of work that blocks.
 */
export function makePool({ kind, size = 4, script = SCRIPT }: PoolOptions): remote.Executor {
  if (!Number.isInteger(size) || size < 1) {
    throw remote.remakeError(remote.remoteProblem(texts.invalidPoolSize(size)));
  }
  return new Pool(kind, size, script);
}

class Pool implements remote.Executor {
  readonly #idle: Slot[] = [];
  readonly #running = new Map<Job, Slot>();
  readonly #queue: Job[] = [];
  readonly #ending = new Set<Promise<void>>();
  #closed = false;

  constructor(
    readonly kind: PoolOptions['kind'],
    readonly size: number,
    readonly script: string,
  ) {}

  async run(work: remote.Work, args: readonly unknown[], signal?: AbortSignal): Promise<unknown> {
    const here = { stack: '' };
    Error.captureStackTrace(here, this.run);
    const frames = here.stack.replace(/^.*/, '');
    const request = remote.readRequest(work, args, this.kind);
    if ('code' in request) throw remote.remakeError(remote.remoteProblem(request, undefined, frames));
    signal?.throwIfAborted();
    const end = await this.#finish(request, signal);
    if (end.kind === 'value') return end.value;
    if (end.kind === 'aborted') throw end.why;
    throw remote.remakeThrown(failureOf(end, request, frames));
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const job of [...this.#queue, ...this.#running.keys()])
      this.#stop(job, { kind: 'closed', reason: '' });
    for (const slot of this.#idle.splice(0)) void this.#end(slot);
    await promises.all(this.#ending);
  }

  async #finish(request: remote.Request, signal: AbortSignal | undefined): Promise<End> {
    if (this.#closed) return { kind: 'closed', reason: '' };
    let stop = (): void => {};
    const end = await new Promise<End>(resolve => {
      const job: Job = { ...request, resolve };
      stop = () => this.#stop(job, { kind: 'aborted', why: signal?.reason });
      signal?.addEventListener('abort', stop);
      this.#queue.push(job);
      this.#next();
    });
    signal?.removeEventListener('abort', stop);
    return end;
  }

  #next(): void {
    while (this.#queue.length > 0 && this.#running.size < this.size) {
      void this.#serve(this.#queue.shift()!, this.#idle.pop() ?? new Slot(this.kind, this.script));
    }
  }

  async #serve(job: Job, slot: Slot): Promise<void> {
    this.#running.set(job, slot);
    const end = await slot.run(job);
    this.#running.delete(job);
    if (end.kind === 'died' && end.reason === UNSTARTED && job.stopped === undefined) {
      this.#queue.unshift(job);
      void this.#end(slot);
      return this.#next();
    }
    const spent = job.stopped !== undefined || end.kind === 'died' || (end.kind === 'thrown' && end.fatal);
    const ended = spent ? this.#end(slot) : void this.#idle.push(slot);
    this.#next();
    // Whoever hears of it may rely on it: nothing of it runs any more.
    await ended;
    job.resolve(job.stopped ?? end);
  }

  #stop(job: Job, end: End): void {
    const at = this.#queue.indexOf(job);
    if (at >= 0) {
      this.#queue.splice(at, 1);
      job.resolve(end);
    }
    job.stopped ??= end;
    const slot = this.#running.get(job);
    if (slot !== undefined) void this.#end(slot);
  }

  async #end(slot: Slot): Promise<void> {
    const ended = slot.end();
    this.#ending.add(ended);
    await ended;
    this.#ending.delete(ended);
  }
}

/** One thread or process, in a workerpool of its own: which of them runs what is known then. */
class Slot {
  readonly #kill = new AbortController();
  #pool: WorkerPool | undefined;
  #ended: Promise<void> | undefined;

  constructor(
    readonly kind: PoolOptions['kind'],
    readonly script: string,
  ) {}

  /** Never rejects. */
  run({ method, text, args }: remote.Request): Promise<End> {
    return outside(async (): Promise<End> => {
      try {
        if (this.#pool === undefined) {
          this.#pool = this.#start();
          // Work that is sent before it is up would still begin when it was aborted meanwhile.
          await this.#ask(this.#pool, 'methods', []);
        }
        if (this.#ended !== undefined) return { kind: 'died', reason: 'ended' };
        return (await this.#ask(this.#pool, method, [text, args])) as Outcome;
      } catch (error) {
        return { kind: 'died', reason: reasonOf(error as Error) };
      }
    });
  }

  /** Ends it, whatever it does; never rejects. */
  end(): Promise<void> {
    this.#ended ??= outside(
      () =>
        new Promise(resolve => {
          const kill = worker.real.setTimeout(() => this.#kill.abort(), PATIENCE.kill);
          const done = (): void => {
            worker.real.clearTimeout(kill);
            resolve();
          };
          if (this.#pool === undefined) done();
          else this.#pool.terminate(true, PATIENCE.wait).then(done, done);
        }),
    );
    return this.#ended;
  }

  /** A promise of the language's: those of workerpool are its own. */
  #ask(pool: WorkerPool, method: string, params: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => void pool.exec(method, params).then(resolve, reject));
  }

  #start(): WorkerPool {
    const { pool } = withOriginals(() => require('workerpool') as typeof Workerpool);
    // A thread inherits the flags of this one. Given a list, it would refuse some that are fine here (--expose-gc).
    return pool(this.script, {
      maxWorkers: 1,
      workerType: this.kind,
      workerTerminateTimeout: PATIENCE.exit,
      forkOpts: {
        serialization: 'advanced',
        execArgv: Flags.from(flagsFor(process.execArgv)),
        env: { ...process.env, NODE_OPTIONS: process.env.NODE_OPTIONS?.replace(DROPPED_VARIABLE, '') },
        signal: this.#kill.signal,
        killSignal: 'SIGKILL',
      },
    });
  }
}

/** To which workerpool cannot add `--inspect` with a port that another process of this run may have. */
class Flags extends Array<string> {
  override concat(): string[] {
    return this;
  }
}

/** The flags of this process that do no harm to a child; what follows a flag is its value. */
function flagsFor(given: readonly string[]): string[] {
  let kept = true;
  return given.filter(flag => {
    if (flag.startsWith('-')) kept = !DROPPED.test(flag);
    return kept;
  });
}

/** Calls `fn` where no Loop is current: the timers of workerpool are nobody's. */
function outside<T>(fn: () => T): T {
  return worker.steps.exit(fn);
}

function reasonOf({ message }: Error): string {
  const [, code, signal] = /exitCode: `(\w+)`\s+signalCode: `(\w+)`/.exec(message) ?? [];
  if (code === undefined) return message.replace('Workerpool Worker error: ', '');
  return /^SIG/.test(signal!) ? `killed by ${signal}` : `exit code ${code}`;
}

/** What to throw. */
function failureOf(
  end: Exclude<End, { kind: 'value' | 'aborted' }>,
  { label, method }: remote.Request,
  frames: string,
): remote.RemoteThrown {
  if (end.kind !== 'thrown') {
    const cause = end.kind === 'unloaded' ? end.thrown : undefined;
    return { error: remote.remoteProblem(PROBLEMS[end.kind](label, end.reason), cause, frames) };
  }
  if (!('error' in end.thrown)) return end.thrown;
  const { error } = end.thrown;
  const told =
    method === 'run' && error.name === 'ReferenceError' && error.message.endsWith(' is not defined')
      ? texts.outerVariable(label, error.message)
      : error;
  const stack = error.stack.replace(error.message, () => told.message) + frames;
  return { error: { ...error, code: told.code, message: told.message, stack } };
}
