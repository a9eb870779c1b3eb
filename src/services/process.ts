import { processEnded } from '../errors/network/services';
import { type ChildProcess, ownChild, spawn } from '../node/child-process';
import { connectTo } from '../node/net';
import * as promises from '../node/promise';
import { delay } from '../process/real-time';
import { Service } from './service';
import { serviceError } from './service-error';

/**
 * When a process is ready: a line of its output, a test of each line, or a port that it accepts connections on.
 * See docs/services.md.
 */
export type ProcessReady =
  | RegExp
  | ((line: string) => boolean)
  | {
      /** The port that it listens on. */
      readonly port: number;
      /** @default '127.0.0.1' */
      readonly host?: string;
    };

/** The options of {@link ProcessService}. See docs/services.md. */
export interface ProcessOptions {
  /** The program, by its path or by a name to look up in `PATH`. No shell is involved. */
  readonly command: string;
  /** @default none */
  readonly args?: readonly string[];
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The folder that it runs in. @default that of this process */
  readonly cwd?: string;
  /** @default ready when it has been spawned */
  readonly ready?: ProcessReady;
  /** @default 'SIGTERM' */
  readonly stopSignal?: NodeJS.Signals;
  /** How long in ms it may take to end before it is killed. @default 2000 */
  readonly stopTimeout?: number;
  /** For messages. @default the command */
  readonly name?: string;
}

/** The lines of output that are kept. */
const KEPT = 200;
/** Those shown in an error. */
const SHOWN = 20;
/** Milliseconds between two attempts to connect. */
const RETRY = 20;
const KILL_AFTER = 2000;

/**
 * A child process as a service: it leads a group of its own, which ends with it, also when this process is killed. If it
 * ends by itself, the test fails. Its output is shown when the test fails. See docs/services.md.
 */
export class ProcessService extends Service {
  readonly #options: ProcessOptions;
  readonly #lines: string[] = [];
  /** How many lines `newOutput` gives next; all that are kept, if it is more. */
  #unseen = 0;
  #child: ChildProcess | undefined;
  #exited: Promise<string> | undefined;
  #stopping = false;

  constructor(options: ProcessOptions) {
    super();
    this.#options = options;
  }

  override get name(): string {
    return this.#options.name ?? this.#options.command;
  }

  /** The id of the process while it runs. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** The last lines of its output, stdout and stderr as they came. */
  get output(): string {
    return this.#lines.join('\n');
  }

  /** @internal The last lines of what it has written since this was last called. */
  newOutput(): string {
    const unseen = this.#unseen === 0 ? [] : this.#lines.slice(-this.#unseen);
    this.#unseen = 0;
    return unseen.join('\n');
  }

  async start(): Promise<void> {
    const { command, args = [], env, cwd } = this.#options;
    const child = ownChild(
      spawn(command, [...args], {
        env: { ...process.env, ...env },
        cwd,
        stdio: ['ignore', 'pipe', 'pipe'],
        // It leads a group, which can be ended as a whole.
        detached: process.platform !== 'win32',
      }),
    );
    this.#child = child;
    // It may have been stopped before.
    this.#stopping = false;
    this.#exited = new Promise(resolve => {
      child.once('error', error => resolve(error.message));
      child.once('exit', (code, signal) =>
        resolve(signal === null ? `exit code ${code}` : `signal ${signal}`),
      );
    });
    const watchers = new Set<(line: string) => void>();
    for (const stream of [child.stdout, child.stderr]) if (stream !== null) this.#read(stream, watchers);
    await this.#untilReady(watchers);
    this.started();
    const how = await this.#exited;
    if (!this.#stopping) throw this.#ended(how, 'while it was needed');
  }

  override async stop(): Promise<void> {
    this.#stopping = true;
    const { stopSignal = 'SIGTERM', stopTimeout = KILL_AFTER } = this.#options;
    if (this.#child?.pid === undefined) return;
    this.#kill(stopSignal);
    const stopWaiting = delay(stopTimeout, () => this.#kill('SIGKILL'));
    await this.#exited;
    stopWaiting();
    // What is left of its group.
    this.#kill('SIGKILL');
  }

  async #untilReady(watchers: Set<(line: string) => void>): Promise<void> {
    const { ready } = this.#options;
    const exited = this.#exited!.then(how => {
      throw this.#ended(how, 'before it was ready');
    });
    exited.catch(() => {});
    const spawned = new Promise<void>(resolve => this.#child!.once('spawn', () => resolve()));
    if (ready === undefined) {
      await promises.race([spawned, exited]);
      return;
    }
    if (typeof ready === 'object' && 'port' in ready) {
      await promises.race([this.#connectable(ready), exited]);
      return;
    }
    const matches = typeof ready === 'function' ? ready : (line: string) => line.search(ready) >= 0;
    const seen = new Promise<void>((resolve, reject) => {
      const watch = (line: string): void => {
        try {
          if (!matches(line)) return;
          resolve();
        } catch (error) {
          reject(error);
        }
        watchers.delete(watch);
      };
      watchers.add(watch);
    });
    await promises.race([seen, exited]);
  }

  async #connectable({
    port,
    host = '127.0.0.1',
  }: {
    readonly port: number;
    readonly host?: string;
  }): Promise<void> {
    while (!this.#stopping) {
      const connected = await new Promise<boolean>(resolve => {
        const socket = connectTo({ port, host });
        socket.once('connect', () => {
          socket.destroy();
          resolve(true);
        });
        socket.once('error', () => resolve(false));
      });
      if (connected) return;
      await new Promise<void>(resolve => void delay(RETRY, resolve));
    }
  }

  #read(stream: NodeJS.ReadableStream, watchers: ReadonlySet<(line: string) => void>): void {
    let rest = '';
    const add = (line: string): void => {
      this.#lines.push(line);
      this.#unseen++;
      if (this.#lines.length > KEPT) this.#lines.shift();
      for (const watch of watchers) watch(line);
    };
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      const lines = (rest + text).split(/\r?\n/);
      rest = lines.pop()!;
      for (const line of lines) add(line);
    });
    stream.on('end', () => rest !== '' && add(rest));
  }

  #kill(signal: NodeJS.Signals): void {
    const pid = this.#child?.pid;
    if (pid === undefined) return;
    try {
      if (process.platform === 'win32') this.#child!.kill(signal);
      else process.kill(-pid, signal);
    } catch {
      // It is gone.
    }
  }

  #ended(how: string, phase: 'before it was ready' | 'while it was needed'): Error {
    const { command, args = [] } = this.#options;
    const output = this.#lines.slice(-SHOWN).join('\n');
    return serviceError(processEnded([command, ...args].join(' '), how, phase, output));
  }
}
