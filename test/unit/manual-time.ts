import { processState } from '../../src/process/process-state';

interface Timer {
  readonly due: number;
  readonly fn: () => void;
}

/** The time of limits and grace periods, which a test moves itself: no stall of the machine can end one. */
export class ManualTime {
  #now = 0;
  readonly #timers = new Set<Timer>();
  readonly #spies: readonly jest.SpyInstance[];

  constructor() {
    const { real } = processState;
    this.#spies = [
      jest.spyOn(real, 'now').mockImplementation(() => this.#now),
      jest.spyOn(real, 'setTimeout').mockImplementation(((fn: () => void, ms: number) => {
        const timer = { due: this.#now + ms, fn };
        this.#timers.add(timer);
        return timer;
      }) as unknown as typeof setTimeout),
      jest
        .spyOn(real, 'clearTimeout')
        .mockImplementation(timer => void this.#timers.delete(timer as unknown as Timer)),
    ];
  }

  /** Calls what is due on the way. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#timers.delete(next);
      this.#now = next.due;
      next.fn();
    }
    this.#now = end;
  }

  /** Lets time pass without a turn for timers, as code that blocks the thread does. */
  block(ms: number): void {
    this.#now += ms;
  }

  restore(): void {
    for (const spy of this.#spies) spy.mockRestore();
  }

  #next(end: number): Timer | undefined {
    const [first] = [...this.#timers].sort((a, b) => a.due - b.due);
    return first !== undefined && first.due <= end ? first : undefined;
  }
}
