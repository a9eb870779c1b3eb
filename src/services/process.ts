import { processEnded } from '../errors/network/services';
import { type ChildProcess, ownChild, spawn } from '../node/child-process';
import { connectTo, type Socket } from '../node/net';
import * as promises from '../node/promise';
import { delay } from '../process/real-time';
import { showsOutput } from '../util/output-of';
import { checkProcessOptions, type ProcessOptions } from './process-options';
import { ProcessOutput } from './process-output';
import { Service } from './service';
import { serviceError } from './service-error';

/** The lines of output that an error shows. */
const SHOWN = 20;
/** Milliseconds between two attempts to connect. */
const RETRY = 20;
const KILL_AFTER = 2000;
/** How long in ms to read on after its end: a process that it has started may hold the output open. */
const READ_ON = 500;

/**
 * A child process as a service: it leads its own process group, which ends with it, even when this process is killed. If it
 * ends by itself, the test fails. Its output is shown when the test fails. See docs/services.md.
 */
export class ProcessService extends Service {
  readonly #options: ProcessOptions;
  readonly #output = new ProcessOutput();
  #child: ChildProcess | undefined;
  #exited: Promise<string> | undefined;
  #stopping = false;

  constructor(options: ProcessOptions) {
    super();
    checkProcessOptions(options);
    this.#options = options;
    showsOutput(this, () => {
      const output = this.#output.takeNew();
      return output === '' ? '' : `Output of service "${this.name}":\n${output}`;
    });
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
    return this.#output.last();
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
      child.once('exit', (code, signal) => {
        const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
        // What is left of its group, which may hold the output open.
        if (this.#stopping) this.#kill('SIGKILL');
        const stopWaiting = delay(READ_ON, () => resolve(how));
        child.once('close', () => {
          stopWaiting();
          resolve(how);
        });
      });
    });
    for (const stream of [child.stdout, child.stderr]) if (stream !== null) this.#output.read(stream);
    try {
      await this.#untilReady();
    } catch (error) {
      // What failed to start is not stopped; what it has started ends anyway.
      await this.stop();
      throw error;
    }
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
    this.#kill('SIGKILL');
  }

  async #untilReady(): Promise<void> {
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
    await promises.race([this.#output.waitFor(matches), exited]);
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
          this.#leave(socket);
          resolve(true);
        });
        socket.on('error', () => resolve(false));
      });
      if (connected) return;
      await new Promise<void>(resolve => void delay(RETRY, resolve));
    }
  }

  /** Ends a connection as a client does that has read everything: a reset would be an error, of which servers may die. */
  #leave(socket: Socket): void {
    socket.unref();
    socket.resume();
    socket.end();
    void this.#exited!.then(() => socket.destroy());
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
    const output = this.#output.last(SHOWN);
    return serviceError(processEnded([command, ...args].join(' '), how, phase, output));
  }
}
