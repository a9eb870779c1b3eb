import { once } from 'node:events';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';

/** A run as the command line would make it. */
export interface JestRun {
  readonly folder: string;
  readonly args: readonly string[];
  /** All of its variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How long in ms it may take. */
  readonly timeout: number;
}

/** How a run ended. */
export interface JestEnd {
  readonly pid: number;
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * A process that runs one Jest after another: a second run takes a quarter of the time of the first one, which loads and
 * compiles Jest.
 */
export class WarmJest {
  readonly #folder = fs.mkdtempSync(path.join(os.tmpdir(), 'warm-jest-'));
  readonly #output = path.join(this.#folder, 'output');
  readonly #errors = path.join(this.#folder, 'errors');
  readonly #signal = new Int32Array(new SharedArrayBuffer(4));
  readonly #channel = new MessageChannel();
  /** It listens to the process while this thread waits. */
  readonly #thread: Worker;

  /** `jest` is its folder. */
  constructor(jest: string) {
    const { port2: port } = this.#channel;
    this.#thread = new Worker(path.join(__dirname, 'thread.js'), {
      workerData: { jest, port, signal: this.#signal, output: this.#output, errors: this.#errors },
      transferList: [port],
    });
    this.#thread.unref();
  }

  run(request: JestRun): JestEnd {
    for (const file of [this.#output, this.#errors]) fs.writeFileSync(file, '');
    Atomics.store(this.#signal, 0, 0);
    this.#channel.port1.postMessage(request);
    Atomics.wait(this.#signal, 0, 0);
    const { pid, code } = receiveMessageOnPort(this.#channel.port1)!.message;
    const [stdout, stderr] = [this.#output, this.#errors].map(file => fs.readFileSync(file, 'utf8'));
    return { pid, status: code, stdout: stdout!, stderr: stderr! };
  }

  async close(): Promise<void> {
    this.#thread.ref();
    const ended = once(this.#thread, 'exit');
    this.#channel.port1.postMessage('end');
    await ended;
    fs.rmSync(this.#folder, { recursive: true, force: true });
  }
}
