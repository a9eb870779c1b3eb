import type { Row } from './protocol';

interface Table {
  readonly unique: readonly string[];
  readonly rows: readonly Row[];
}

/** Tables by name, with nested transactions. Tables are immutable, so a snapshot is cheap. */
export class Schema {
  #tables: ReadonlyMap<string, Table> = new Map();
  /** A snapshot for each open transaction. */
  readonly #before: ReadonlyMap<string, Table>[] = [];

  constructor(readonly name: string) {}

  create(table: string, unique: readonly string[] = []): void {
    if (this.#tables.has(table)) throw new Error(`table "${table}" exists already in schema "${this.name}"`);
    this.#put(table, { unique, rows: [] });
  }

  insert(table: string, row: Row): void {
    const { unique, rows } = this.#find(table);
    for (const column of unique) {
      const taken = rows.some(each => each[column] === row[column]);
      if (taken)
        throw new Error(`"${table}" has a row with ${column} ${JSON.stringify(row[column])} already`);
    }
    this.#put(table, { unique, rows: [...rows, row] });
  }

  select(table: string, where: Row = {}): readonly Row[] {
    const conditions = Object.entries(where);
    return this.#find(table).rows.filter(row => conditions.every(([column, cell]) => row[column] === cell));
  }

  begin(): void {
    this.#before.push(this.#tables);
  }

  commit(): void {
    this.#end();
  }

  rollback(): void {
    this.#tables = this.#end();
  }

  /** Rolls back all open transactions. */
  reset(): void {
    this.#tables = this.#before[0] ?? this.#tables;
    this.#before.length = 0;
  }

  #end(): ReadonlyMap<string, Table> {
    const before = this.#before.pop();
    if (before === undefined) throw new Error('there is no transaction');
    return before;
  }

  #find(name: string): Table {
    const table = this.#tables.get(name);
    if (table === undefined) throw new Error(`there is no table "${name}" in schema "${this.name}"`);
    return table;
  }

  #put(name: string, table: Table): void {
    this.#tables = new Map(this.#tables).set(name, table);
  }
}
