import { ownResource } from '../node/async-hooks';
import { ownChild, spawn } from '../node/child-process';
import { ownSocket, type Socket } from '../node/net';
import { timeNow } from './process-time';
import { helperFor } from './script';

/**
 * Ends child processes when this process is gone: a helper holds the other end of a pipe, which the system closes
 * however this process ends. The helper is started with the first child, and ends with this process.
 */
export class Reaper {
  /** The helper is being started. */
  starting = false;
  /** Those that are to be ended, and whether their group goes with them. */
  readonly #children = new Map<number, boolean>();
  #input: Socket | undefined;
  /** Made where nothing of the user's is around: the helper belongs to nobody. */
  readonly #outside = ownResource('jest-loop.children');

  /** A child is about to be started. */
  expect(): void {
    if (this.#input === undefined) this.#start();
    this.#write(`?${timeNow() ?? ''}`);
  }

  /** It was: it is to be ended, with its group if it leads one. */
  add(pid: number, group: boolean): void {
    this.#children.set(pid, group);
    this.#write(`+${group ? '-' : ''}${pid}`);
  }

  /** It could not be started. */
  missing(): void {
    this.#write('!');
  }

  /** It has ended. */
  remove(pid: number): void {
    if (this.#children.delete(pid)) this.#write(`-${pid}`);
  }

  /** The system has it when this returns. */
  #write(line: string): void {
    this.#outside.runInAsyncScope(() => this.#input?.write(`${line}\n`));
  }

  #start(): void {
    this.starting = true;
    try {
      this.#outside.runInAsyncScope(() => this.#startHelper());
    } finally {
      this.starting = false;
    }
    // Another one was ended by somebody.
    for (const [pid, group] of this.#children) this.add(pid, group);
  }

  #startHelper(): void {
    const helper = ownChild(
      spawn('/bin/sh', helperFor(process.pid), {
        // In a session of its own: a signal to the whole group does not end it with this process.
        detached: true,
        stdio: ['pipe', 'ignore', 'ignore'],
        cwd: '/',
        env: { PATH: process.env.PATH ?? '/usr/bin:/bin' },
      }),
    );
    const input = ownSocket(helper.stdin as Socket);
    const gone = (): void => {
      if (this.#input === input) this.#input = undefined;
    };
    // Without a helper all is as it would be without this: nobody is told.
    helper.on('error', gone).on('exit', gone);
    input.on('error', gone).on('close', gone);
    helper.unref();
    input.unref();
    this.#input = input;
  }
}
