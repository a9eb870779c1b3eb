import * as buffer from '../node/buffer';
import type { Socket } from '../node/net';
import * as promises from '../node/promise';
import { after, cancel, now } from '../process/real-time';
import type { Shaping } from './shaping';

/** Bytes that wait in a pipe before it stops reading, where back-pressure is honoured. */
const HIGH_WATER = 64 * 1024;

/** A bandwidth is kept in steps of so many milliseconds. */
const STEP = 20;

/** A chunk on its way; without bytes it is the end of the stream. */
interface Queued {
  readonly bytes: Buffer | undefined;
  readonly arrived: number;
  /** Its part of the jitter, from 0 to 1. */
  readonly chance: number;
}

/** What a pipe reports to its connection. */
export interface PipeEvents {
  /** Calls a content processor. */
  process(call: () => unknown): unknown;
  /** It threw. */
  failed(error: unknown): void;
  /** The number of bytes given to `cutAfter` has passed. */
  cut(): void;
  /** The mistake of a processor that returns anything but bytes. */
  badBytes(got: unknown): Error;
}

/** One direction of a connection: what comes from `source` goes to `target`, in order, as the shaping says. */
export class Pipe {
  readonly #queue: Queued[] = [];
  #waiting = 0;
  #pumping = false;
  #stopped = false;
  /** Bytes until the cut. */
  #left: number;
  #wake: (() => void) | undefined;
  readonly #unwatch: () => void;
  #idle: Promise<void> = promises.resolve();

  constructor(
    readonly source: Socket,
    readonly target: Socket,
    readonly shaping: Shaping,
    readonly buffered: boolean,
    readonly events: PipeEvents,
  ) {
    this.#left = shaping.now.cutAfter;
    this.#unwatch = shaping.watch(() => this.#wake?.());
    source.on('data', (bytes: Buffer) => this.#take(bytes));
    source.on('end', () => this.#take(undefined));
  }

  /** Resolves when nothing of it runs any more; never rejects. */
  get idle(): Promise<void> {
    return this.#idle;
  }

  /** Counts anew: so many bytes from now on, then the connection is cut. */
  cutAfter(bytes: number): void {
    this.#left = bytes;
    if (bytes === 0) this.#cut();
  }

  /** Nothing more passes; what waits is dropped. */
  stop(): void {
    this.#stopped = true;
    this.#queue.length = 0;
    this.#waiting = 0;
    this.#unwatch();
    this.#wake?.();
  }

  #take(bytes: Buffer | undefined): void {
    if (this.#stopped) return;
    // The common case costs what a bare pipe costs.
    if (!this.#pumping && this.#left === Number.POSITIVE_INFINITY && this.shaping.isPlain) {
      if (bytes === undefined) this.target.end();
      else if (!this.target.write(bytes) && !this.buffered) this.#hold();
      return;
    }
    this.#queue.push({ bytes, arrived: now(), chance: Math.random() });
    this.#waiting += bytes?.length ?? 0;
    if (!this.buffered && this.#waiting > HIGH_WATER) this.source.pause();
    if (!this.#pumping) this.#idle = this.#pump();
  }

  /** Reads no more until the target has taken what was written. */
  #hold(): void {
    this.source.pause();
    this.target.once('drain', () => this.source.resume());
  }

  async #pump(): Promise<void> {
    this.#pumping = true;
    try {
      for (let next = this.#queue[0]; next !== undefined; next = this.#queue[0]) {
        await this.#until(next);
        if (this.#stopped) return;
        if (next.bytes === undefined) this.target.end();
        else await this.#send(await this.#process(next.bytes));
        if (this.#stopped) return;
        this.#queue.shift();
        this.#waiting -= next.bytes?.length ?? 0;
        if (this.#waiting <= HIGH_WATER && this.source.isPaused()) this.source.resume();
      }
    } catch (error) {
      // Also from a connection that is gone: no error is lost.
      this.events.failed(error);
    } finally {
      this.#pumping = false;
    }
  }

  /** Until a chunk has waited long enough. The delay may change meanwhile: it counts from the arrival. */
  async #until({ arrived, chance }: Queued): Promise<void> {
    while (!this.#stopped) {
      const { paused, delay, jitter } = this.shaping.now;
      const rest = paused ? Number.POSITIVE_INFINITY : arrived + delay + chance * jitter - now();
      if (rest <= 0) return;
      await this.#sleep(rest);
    }
  }

  async #process(bytes: Buffer): Promise<Buffer> {
    const { processor } = this.shaping.now;
    if (processor === null) return bytes;
    const result = await this.events.process(() => processor(bytes));
    if (buffer.isBuffer(result)) return result;
    if (!ArrayBuffer.isView(result)) throw this.events.badBytes(result);
    return buffer.from(result.buffer, result.byteOffset, result.byteLength);
  }

  async #send(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      await this.#unpaused();
      const { sliceSize, sliceDelay, bandwidth } = this.shaping.now;
      const step = Math.max(1, Math.ceil((bandwidth * STEP) / 1000));
      const part = buffer.part(bytes, at, at + Math.min(sliceSize, step, this.#left));
      if (bandwidth !== Number.POSITIVE_INFINITY) {
        // First: the last byte arrives when there was time for all of them.
        await this.#pass((part.length / bandwidth) * 1000);
        await this.#unpaused();
      }
      if (this.#stopped) return;
      at += part.length;
      this.#left -= part.length;
      const isTaken = part.length === 0 || this.target.write(part);
      if (this.#left === 0) {
        this.#cut();
        return;
      }
      if (sliceDelay > 0 && at < bytes.length) await this.#pass(sliceDelay);
      if (!isTaken && !this.buffered) await this.#drained();
    }
  }

  async #unpaused(): Promise<void> {
    while (this.shaping.now.paused && !this.#stopped) await this.#sleep(Number.POSITIVE_INFINITY);
  }

  #cut(): void {
    if (this.#stopped) return;
    this.stop();
    this.events.cut();
  }

  /** The target has taken all, or is gone. */
  #drained(): Promise<void> {
    const { target } = this;
    if (target.destroyed || !target.writableNeedDrain) return promises.resolve();
    return new Promise(resolve => {
      const done = (): void => {
        target.off('drain', done);
        target.off('close', done);
        resolve();
      };
      target.on('drain', done);
      target.on('close', done);
    });
  }

  /** Some milliseconds in full, whatever changes meanwhile. */
  async #pass(ms: number): Promise<void> {
    const end = now() + ms;
    for (let rest = ms; rest > 0 && !this.#stopped; rest = end - now()) await this.#sleep(rest);
  }

  /** Some milliseconds, or until something changes. */
  #sleep(ms: number): Promise<void> {
    return new Promise(resolve => {
      const wake = (): void => {
        this.#wake = undefined;
        if (timer !== undefined) cancel(timer);
        resolve();
      };
      const timer = ms === Number.POSITIVE_INFINITY ? undefined : after(ms, wake);
      this.#wake = wake;
    });
  }
}
