import type * as Workerpool from 'workerpool';
import { withOriginals } from '../../node/capture/originals';
import { processState } from '../../process/process-state';
import type * as remote from './executor';
import type { End } from './failure';
import type { WorkOutcome } from './pool-worker';

type WorkerPool = ReturnType<typeof Workerpool.pool>;

/** The workers of a pool. */
export type WorkerKind = 'thread' | 'process';

/** Milliseconds until a worker that does not exit is terminated, killed, and no longer awaited. */
const PATIENCE = { exit: 100, kill: 500, wait: 1000 };
/** workerpool's message for a worker that died before it got the work. */
export const UNSTARTED = 'Worker is terminated';
/** Flags that make a child wait for a debugger, take its port, or run something other than the script. */
const DROPPED = /^(?:--(?:inspect|debug|watch|test|eval|print|interactive|check|input-type)|-[ceip]+$)/;
const DROPPED_VARIABLE = /(?<=^|\s)--(?:inspect|debug)(?:-brk|-wait|-port)?(?:=\S*)?(?=\s|$)/g;

/** One thread or process in its own workerpool, so that it is known which one runs what. */
export class Slot {
  readonly #kill = new AbortController();
  #pool: WorkerPool | undefined;
  #ended: Promise<void> | undefined;
  /** Takes what the last work throws after it has ended. */
  late: remote.TakeLate | undefined;

  constructor(
    readonly kind: WorkerKind,
    readonly script: string,
  ) {}

  /** Never rejects. */
  run({ method, text, args }: remote.WorkRequest): Promise<End | WorkOutcome> {
    return outside(async (): Promise<End | WorkOutcome> => {
      try {
        if (this.#pool === undefined) {
          this.#pool = this.#start();
          // Work sent before it is up would still start after an abort.
          await this.#ask(this.#pool, 'methods', []);
        }
        if (this.#ended !== undefined) return { kind: 'died', reason: 'ended' };
        return (await this.#ask(this.#pool, method, [text, args])) as WorkOutcome;
      } catch (error) {
        return { kind: 'died', reason: reasonOf(error as Error) };
      }
    });
  }

  /** Ends it, whatever it is doing; never rejects. An idle one says first what its last work has thrown since. */
  end(isIdle = false): Promise<void> {
    this.#ended ??= outside(async () => {
      if (isIdle && this.#pool !== undefined) this.reportLate(await this.#askLate(this.#pool));
      await this.#terminate();
    });
    return this.#ended;
  }

  /** Passes on what its last work has thrown after it had ended. */
  reportLate(thrown: readonly remote.RemoteThrown[]): void {
    for (const each of thrown) this.late?.(each);
  }

  async #askLate(pool: WorkerPool): Promise<readonly remote.RemoteThrown[]> {
    const { setTimeout, clearTimeout } = processState.real;
    return new Promise(resolve => {
      // What it left behind may block it.
      const timer = setTimeout(resolve, PATIENCE.exit, []);
      this.#ask(pool, 'late', [])
        .then(
          thrown => resolve(thrown as readonly remote.RemoteThrown[]),
          () => resolve([]),
        )
        .finally(() => clearTimeout(timer));
    });
  }

  #terminate(): Promise<void> {
    return new Promise(resolve => {
      const kill = processState.real.setTimeout(() => this.#kill.abort(), PATIENCE.kill);
      const done = (): void => {
        processState.real.clearTimeout(kill);
        resolve();
      };
      if (this.#pool === undefined) done();
      else this.#pool.terminate(true, PATIENCE.wait).then(done, done);
    });
  }

  /** A native promise: workerpool has its own. */
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

/** Keeps workerpool from adding `--inspect` with a port that another process of this run may use. */
class Flags extends Array<string> {
  override concat(): string[] {
    return this;
  }
}

/** The flags of this process that are harmless in a child, with their values. */
function flagsFor(given: readonly string[]): string[] {
  let kept = true;
  return given.filter(flag => {
    if (flag.startsWith('-')) kept = !DROPPED.test(flag);
    return kept;
  });
}

/** Calls `fn` outside of every Loop: the timers of workerpool belong to none. */
function outside<T>(fn: () => T): T {
  return processState.steps.exit(fn);
}

function reasonOf({ message }: Error): string {
  const [, code, signal] = /exitCode: `(\w+)`\s+signalCode: `(\w+)`/.exec(message) ?? [];
  if (code === undefined) return message.replace('Workerpool Worker error: ', '');
  return /^SIG/.test(signal!) ? `killed by ${signal}` : `exit code ${code}`;
}
