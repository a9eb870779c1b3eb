import { ownResource } from '../node/async-hooks';
import { ownChild, spawn } from '../node/child-process';
import { ownSocket, type Socket } from '../node/net';
import { timeNow } from './process-time';
import { helperFor } from './reaper-script';

/**
 * Ends child processes when this process is gone: a helper holds the other end of a pipe, which the system closes
 * however this process ends. The helper starts with the first child and ends with this process.
 */
export class Reaper {
  /** The helper is being started. */
  starting = false;
  /** The children to end, and whether to end their group, too. */
  readonly #children = new Map<number, boolean>();
  #input: Socket | undefined;
  /** Keeps the helper outside of the user's contexts. */
  readonly #outside = ownResource('jest-loop.children');

  /** A child is about to be started. */
  expect(): void {
    if (this.#input === undefined) this.#start();
    this.#write(`?${timeNow() ?? ''}`);
  }

  /** It has started: end it later, with its group if it leads one. */
  add(pid: number, group: boolean): void {
    this.#children.set(pid, group);
    this.#write(`+${group ? '-' : ''}${pid}`);
  }

  /** It failed to start. */
  missing(): void {
    this.#write('!');
  }

  /** It has ended. */
  remove(pid: number): void {
    if (this.#children.delete(pid)) this.#write(`-${pid}`);
  }

  /** Hands a line to the system synchronously. */
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
    // A new helper takes over the children of one that was killed.
    for (const [pid, group] of this.#children) this.add(pid, group);
  }

  #startHelper(): void {
    const helper = ownChild(
      spawn('/bin/sh', helperFor(process.pid), {
        // In its own session: a signal to this process's group does not end it.
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
    // Without a helper, children just outlive this process as usual: no error.
    helper.on('error', gone).on('exit', gone);
    input.on('error', gone).on('close', gone);
    helper.unref();
    input.unref();
    this.#input = input;
  }
}
