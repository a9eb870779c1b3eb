import { invalidNetworkArgument } from '../errors/network/network';
import { checkCount, checkKeys, checkNumber, networkError } from './check';
import type { BothWays } from './proxy-options';
import { type ContentProcessor, type Shape, Shaping } from './shaping';

const DIRECTIONS = ['read', 'write'] as const;

/** What happens to the bytes that pass a proxy: for live connections and for those to come. See docs/network.md. */
export abstract class Traffic {
  /** @internal What `TcpProxy` gives to its connections. */
  protected readonly shaping = { read: new Shaping(), write: new Shaping() };

  /** Lets each chunk wait, from its arrival; one that waits already is timed anew, from its arrival. */
  setDelay(delays: BothWays): void {
    this.#delay('proxy.setDelay()', delays);
  }

  /** Lets each chunk wait up to so many ms more, drawn anew for each. The order of the bytes stays. */
  setJitter(jitters: BothWays): void {
    this.#setBoth('proxy.setJitter()', 'a jitter in ms from 0', jitters, { from: 0 }, jitter => ({ jitter }));
  }

  /** Lets at most so many bytes per second pass, per connection; `Infinity` for no limit. */
  setBandwidth(rates: BothWays): void {
    const range = { from: 1, infinite: true };
    this.#setBoth('proxy.setBandwidth()', 'bytes per second, from 1', rates, range, bandwidth => ({
      bandwidth,
    }));
  }

  /** Delays like `setDelay`, until the disposable that it gives is disposed of, or until `fn` has ended. */
  slowdown(delays: BothWays): Disposable;
  slowdown<T>(delays: BothWays, fn: () => T | PromiseLike<T>): Promise<T>;
  slowdown<T>(delays: BothWays, fn?: () => T | PromiseLike<T>): Disposable | Promise<T> {
    const { read, write } = this.shaping;
    const before = { read: read.now.delay, write: write.now.delay };
    this.#delay('proxy.slowdown()', delays);
    let restored = false;
    const restore = (): void => {
      if (restored) return;
      restored = true;
      if (delays.read !== undefined) this.setDelay({ read: before.read });
      if (delays.write !== undefined) this.setDelay({ write: before.write });
    };
    if (fn === undefined) return { [Symbol.dispose]: restore };
    return (async () => {
      try {
        return await fn();
      } finally {
        restore();
      }
    })();
  }

  /**
   * Lets functions change the bytes, chunk by chunk (at arbitrary boundaries), after the delay; `null` leaves them as
   * they are. One that throws destroys both ends of its connection, stands in `errors`, and is an unhandled error of
   * the Loop that started the proxy.
   */
  setContentProcessors(read: ContentProcessor | null, write: ContentProcessor | null): void {
    const processors = { read, write };
    for (const [direction, processor] of Object.entries(processors)) {
      if (processor === null || typeof processor === 'function') continue;
      const expected = `a function or null for ${direction}`;
      throw networkError(invalidNetworkArgument('proxy.setContentProcessors()', expected, processor));
    }
    this.shaping.read.set({ processor: read });
    this.shaping.write.set({ processor: write });
  }

  /** Nothing passes until `resume()`; connections stay open. */
  pause(): void {
    this.#set({ paused: true });
  }

  /** Lets bytes pass again. */
  resume(): void {
    this.#set({ paused: false });
  }

  /** Sends chunks in parts of `size` bytes, `delay` ms apart, in both directions; `Infinity` sends them whole. */
  slice(size: number, delay: number = 0): void {
    checkCount('proxy.slice()', 'a size in bytes from 1, or Infinity', size, 1);
    checkNumber('proxy.slice()', 'a delay in ms from 0', delay, { from: 0 });
    this.#set({ sliceSize: size, sliceDelay: delay });
  }

  #set(change: Partial<Shape>): void {
    this.shaping.read.set(change);
    this.shaping.write.set(change);
  }

  #delay(call: string, delays: BothWays): void {
    this.#setBoth(call, 'a delay in ms from 0', delays, { from: 0 }, delay => ({ delay }));
  }

  /** All of what is given, or, on a mistake, nothing. */
  #setBoth(
    call: string,
    what: string,
    given: BothWays,
    range: Parameters<typeof checkNumber>[3],
    change: (value: number) => Partial<Shape>,
  ): void {
    if (typeof given !== 'object' || given === null)
      throw networkError(invalidNetworkArgument(call, 'an object { read, write }', given));
    checkKeys(call, given, DIRECTIONS);
    const directions = DIRECTIONS.filter(each => given[each] !== undefined);
    for (const each of directions) checkNumber(call, `${what} for ${each}`, given[each], range);
    for (const each of directions) this.shaping[each].set(change(given[each]!));
  }
}
