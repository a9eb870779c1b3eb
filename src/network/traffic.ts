import { invalidNetworkArgument } from '../errors/network/network';
import { checkCount, checkNumber, checkOptions, networkError } from './check';
import { Delays } from './delays';
import type { BothWays } from './proxy-options';
import { type ContentProcessor, type Shape, Shaping } from './shaping';

const DIRECTIONS = ['read', 'write'] as const;

/** What happens to the bytes that pass a proxy: for live connections and for those to come. See docs/network.md. */
export abstract class Traffic {
  /** @internal What `TcpProxy` gives to its connections. */
  protected readonly shaping = { read: new Shaping(), write: new Shaping() };
  readonly #delays = { read: new Delays(this.shaping.read), write: new Delays(this.shaping.write) };

  /**
   * Lets each chunk wait, from its arrival; one that waits already is timed anew, from its arrival. During a slowdown it
   * counts from the end of that.
   */
  setDelay(delays: BothWays): void {
    for (const { direction, value } of checkDelays('proxy.setDelay()', delays))
      this.#delays[direction].set(value);
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

  /**
   * Delays like `setDelay`, until the disposable that it gives is disposed of, or until `fn` has ended. Several may
   * overlap: the last that began, and has not ended, counts.
   */
  slowdown(delays: BothWays): Disposable;
  slowdown<T>(delays: BothWays, fn: () => T | PromiseLike<T>): Promise<T>;
  slowdown<T>(delays: BothWays, fn?: () => T | PromiseLike<T>): Disposable | Promise<T> {
    const call = 'proxy.slowdown()';
    const given = checkDelays(call, delays);
    if (fn !== undefined && typeof fn !== 'function')
      throw networkError(invalidNetworkArgument(call, 'a function', fn));
    const ends = given.map(({ direction, value }) => this.#delays[direction].slowDown(value));
    const restore = (): void => {
      for (const end of ends) end();
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

  /** All of what is given, or, on a mistake, nothing. */
  #setBoth(
    call: string,
    what: string,
    given: BothWays,
    range: Parameters<typeof checkNumber>[3],
    change: (value: number) => Partial<Shape>,
  ): void {
    for (const { direction, value } of checkBoth(call, what, given, range))
      this.shaping[direction].set(change(value));
  }
}

/** A number for a direction. */
interface OneWay {
  readonly direction: (typeof DIRECTIONS)[number];
  readonly value: number;
}

/** What is given of both directions. Throws on a mistake in either. */
function checkBoth(
  call: string,
  what: string,
  given: BothWays,
  range: Parameters<typeof checkNumber>[3],
): OneWay[] {
  checkOptions(call, given, DIRECTIONS);
  const directions = DIRECTIONS.filter(each => given[each] !== undefined);
  for (const each of directions) checkNumber(call, `${what} for ${each}`, given[each], range);
  return directions.map(direction => ({ direction, value: given[direction]! }));
}

function checkDelays(call: string, delays: BothWays): OneWay[] {
  return checkBoth(call, 'a delay in ms from 0', delays, { from: 0 });
}
