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

/** A PostgreSQL in this process, kept in memory: one connection, whose transactions nest. */
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

  /** Starts a transaction or, within one, a savepoint. */
  async begin(): Promise<void> {
    await this.postgres.exec(this.#depth === 0 ? 'begin' : `savepoint level_${this.#depth}`);
    this.#depth += 1;
  }

  /** Keeps what was done since the last `begin`. */
  async commit(): Promise<void> {
    this.#depth -= 1;
    await this.postgres.exec(this.#depth === 0 ? 'commit' : `release level_${this.#depth}`);
  }

  /** Undoes what was done since the last `begin`. */
  async rollback(): Promise<void> {
    this.#depth -= 1;
    const level = `level_${this.#depth}`;
    await this.postgres.exec(this.#depth === 0 ? 'rollback' : `rollback to ${level}; release ${level}`);
  }

  /** Does all of `work` or nothing of it. */
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
