import * as texts from '../../errors/loop/executor';
import { resolve as resolvePath } from '../../node/path';
import * as promises from '../../node/promise';
import { captureStackTrace } from '../../node/stack-trace';
import { PACKAGE_FOLDER } from '../../util/package-folder';
import * as remote from './executor';
import { calledAt, type End, failureOf } from './failure';
import { Slot, UNSTARTED, type WorkerKind } from './slot';

/** Options of a pool. */
export interface PoolOptions {
  readonly kind: WorkerKind;
  /** The most threads or processes; 4. Each starts on first use. */
  readonly size?: number | undefined;
  /** The compiled `pool-worker`. */
  readonly script?: string;
}

/** Work in the pool. */
interface Job extends remote.WorkRequest {
  readonly resolve: (end: End) => void;
  readonly late: remote.TakeLate | undefined;
  /** The outcome of work that was stopped. */
  stopped?: End;
}

// Also found from a bundle in the folder beside.
const SCRIPT = resolvePath(PACKAGE_FOLDER, 'loop/executor/pool-worker.js');
/**
 * A pool of threads or processes. It works in real time and belongs to no Loop. Load it outside of a test file's
 * sandbox: fake timers there would delay the end of blocking work.
 */
export function makePool({ kind, size = 4, script = SCRIPT }: PoolOptions): remote.PoolExecutor {
  if (!Number.isInteger(size) || size < 1) {
    throw remote.remakeError(remote.remoteProblem(texts.invalidPoolSize(size)));
  }
  return new Pool(kind, size, script);
}

class Pool implements remote.PoolExecutor {
  readonly #idle: Slot[] = [];
  readonly #running = new Map<Job, Slot>();
  readonly #queue: Job[] = [];
  readonly #ending = new Set<Promise<void>>();
  #closed = false;

  constructor(
    readonly kind: WorkerKind,
    readonly size: number,
    readonly script: string,
  ) {}

  async run(...[work, args, signal, late]: Parameters<remote.PoolExecutor['run']>): Promise<unknown> {
    const here = { stack: '' };
    captureStackTrace(here, this.run);
    const frames = here.stack.replace(/^.*/, '');
    const request = remote.readRequest(work, args, this.kind);
    if ('code' in request) throw remote.remakeError(remote.remoteProblem(request, undefined, frames));
    signal?.throwIfAborted();
    const end = await this.#finish(request, signal, late && (thrown => late(calledAt(frames, thrown))));
    if (end.kind === 'value') return end.value;
    if (end.kind === 'aborted') throw end.why;
    throw remote.remakeThrown(failureOf(end, request, frames));
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const job of [...this.#queue, ...this.#running.keys()])
      this.#stop(job, { kind: 'closed', reason: '' });
    for (const slot of this.#idle.splice(0)) void this.#end(slot, true);
    await promises.all(this.#ending);
  }

  async #finish(
    request: remote.WorkRequest,
    signal: AbortSignal | undefined,
    late: remote.TakeLate | undefined,
  ): Promise<End> {
    if (this.#closed) return { kind: 'closed', reason: '' };
    let stop = (): void => {};
    const end = await new Promise<End>(resolve => {
      const job: Job = { ...request, resolve, late };
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
    const answer = await slot.run(job);
    this.#running.delete(job);
    if (answer.kind === 'late') slot.reportLate(answer.thrown);
    const end: End = answer.kind === 'late' ? { kind: 'died', reason: UNSTARTED } : answer;
    slot.late = job.late;
    if (end.kind === 'died' && end.reason === UNSTARTED && job.stopped === undefined) {
      this.#queue.unshift(job);
      void this.#end(slot);
      return this.#next();
    }
    const spent = job.stopped !== undefined || end.kind === 'died' || (end.kind === 'thrown' && end.fatal);
    const ended = spent ? this.#end(slot) : void this.#idle.push(slot);
    this.#next();
    // The caller may rely on it: nothing of the work runs any more.
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

  async #end(slot: Slot, isIdle?: boolean): Promise<void> {
    const ended = slot.end(isIdle);
    this.#ending.add(ended);
    await ended;
    this.#ending.delete(ended);
  }
}
