import { randomUUID } from 'node:crypto';
import { createPool, type Pool, type RowDataPacket } from 'mysql2/promise';
import { type Ledger, type LedgerOptions, POOL_SIZE, retry } from './ledger';

/** How long in ms the database may take to answer. */
const ANSWER = 500;

/**
 * What the tests have made of it. A payment has an id, which stays the same from one attempt to the next: an answer that
 * was lost does not say whether the payment was booked. And no call waits longer than it was given.
 */
export class CarefulLedger implements Ledger {
  readonly #pool: Pool;

  constructor(readonly options: LedgerOptions) {
    const { host, port } = options;
    this.#pool = createPool({ host, port, user: 'app', connectionLimit: POOL_SIZE, connectTimeout: ANSWER });
  }

  async pay(account: string, amount: number): Promise<void> {
    const id = randomUUID();
    const sql = 'INSERT INTO payments (id, account, amount) VALUES (?, ?, ?)';
    await this.#ask(sql, [id, account, amount]).catch(error => {
      // An earlier attempt has booked it; only its answer was lost.
      if (error.code !== 'ER_DUP_ENTRY') throw error;
    });
  }

  async total(account: string): Promise<number> {
    const sql = 'SELECT SUM(amount) AS total FROM payments WHERE account = ?';
    const [row] = await this.#ask(sql, [account]);
    return Number(row!.total);
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  async #ask(sql: string, values: (string | number)[]): Promise<RowDataPacket[]> {
    const answer = await retry(this.options.patience, () => this.#askOnce(sql, values));
    if (answer instanceof Error) throw answer;
    return answer;
  }

  /** The answer, which may be an error: that is final. Throws if there is none. */
  async #askOnce(sql: string, values: (string | number)[]): Promise<RowDataPacket[] | Error> {
    const connection = await this.#pool.getConnection();
    try {
      const [rows] = await connection.query<RowDataPacket[]>({ sql, timeout: ANSWER, values });
      connection.release();
      return rows;
    } catch (error) {
      if ((error as { readonly sqlState?: string }).sqlState !== undefined) {
        connection.release();
        return error as Error;
      }
      // Whatever still arrives on it would be taken for the answer to the next question.
      connection.destroy();
      throw error;
    }
  }
}
