import { createPool, type Pool, type RowDataPacket } from 'mysql2/promise';
import { type Ledger, type LedgerOptions, POOL_SIZE, retry } from './ledger';

/** A first attempt: a pool, and retries. It works as long as the network does. Can you see what is wrong with it? */
export class NaiveLedger implements Ledger {
  readonly #pool: Pool;

  constructor(readonly options: LedgerOptions) {
    const { host, port } = options;
    this.#pool = createPool({ host, port, user: 'app', connectionLimit: POOL_SIZE });
  }

  async pay(account: string, amount: number): Promise<void> {
    await retry(this.options.patience, () =>
      this.#pool.query('INSERT INTO payments (account, amount) VALUES (?, ?)', [account, amount]),
    );
  }

  async total(account: string): Promise<number> {
    const [[row]] = await retry(this.options.patience, () =>
      this.#pool.query<RowDataPacket[]>('SELECT SUM(amount) AS total FROM payments WHERE account = ?', [
        account,
      ]),
    );
    return Number(row!.total);
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}
