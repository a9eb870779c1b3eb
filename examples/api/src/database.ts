import { PGlite } from '@electric-sql/pglite';

const SCHEMA = `
  create table users (
    id integer primary key generated always as identity,
    name text not null,
    token text not null unique
  );
  create table bookmarks (
    id integer primary key generated always as identity,
    owner integer not null references users,
    url text not null,
    title text not null,
    tags text[] not null,
    unique (owner, url)
  );
`;

/** An in-memory PostgreSQL in this process: one connection with nested transactions. */
export class Database {
  #depth = 0;

  private constructor(private readonly postgres: PGlite) {}

  static async open(): Promise<Database> {
    const postgres = new PGlite();
    await postgres.waitReady;
    return new Database(postgres);
  }

  async migrate(): Promise<void> {
    await this.postgres.exec(SCHEMA);
  }

  async query<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
    const { rows } = await this.postgres.query<Row>(text, values);
    return rows;
  }

  /** Starts a transaction, or a savepoint inside one. */
  async begin(): Promise<void> {
    await this.postgres.exec(this.#depth === 0 ? 'begin' : `savepoint level_${this.#depth}`);
    this.#depth += 1;
  }

  /** Keeps the changes since the last `begin`. */
  async commit(): Promise<void> {
    this.#depth -= 1;
    await this.postgres.exec(this.#depth === 0 ? 'commit' : `release level_${this.#depth}`);
  }

  /** Undoes the changes since the last `begin`. */
  async rollback(): Promise<void> {
    this.#depth -= 1;
    const level = `level_${this.#depth}`;
    await this.postgres.exec(this.#depth === 0 ? 'rollback' : `rollback to ${level}; release ${level}`);
  }

  /** Runs `work` in a transaction. */
  async transaction<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.begin();
    try {
      const result = await work();
      await this.commit();
      return result;
    } catch (error) {
      await this.rollback();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.postgres.close();
  }
}
