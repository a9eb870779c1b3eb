/** A ledger in a database that may be slow, away, or gone in the middle of an answer. */
export interface Ledger {
  /** Books an amount on an account, once. */
  pay(account: string, amount: number): Promise<void>;
  /** The sum of all that was booked on an account. */
  total(account: string): Promise<number>;
  close(): Promise<void>;
}

export interface LedgerOptions {
  readonly host: string;
  readonly port: number;
  /** How long in ms a call goes on trying. */
  readonly patience: number;
}

/** The most connections of a client. */
export const POOL_SIZE = 4;

/** Calls `fn` until it succeeds, with growing pauses; gives up with its last error when the time is over. */
export async function retry<T>(patience: number, fn: () => Promise<T>): Promise<T> {
  const end = performance.now() + patience;
  for (let pause = 10; ; pause = Math.min(2 * pause, 200)) {
    try {
      return await fn();
    } catch (error) {
      if (performance.now() + pause > end) throw error;
      await new Promise<void>(resolve => setTimeout(resolve, pause));
    }
  }
}
