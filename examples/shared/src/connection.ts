import { once } from 'node:events';
import * as net from 'node:net';
import { type Command, onLine, type Reply, type Row, send } from './protocol';

interface Waiting {
  resolve(rows: readonly Row[]): void;
  reject(error: Error): void;
}

/** A client of the database, with its own schema. */
export class Connection {
  readonly #waiting: Waiting[] = [];

  private constructor(
    private readonly socket: net.Socket,
    readonly schema: string,
  ) {
    onLine(socket, line => this.#answer(JSON.parse(line) as Reply));
    const lost = (): void => this.#lose();
    socket.on('error', lost).on('close', lost);
  }

  /** Connects, and creates the schema if it does not exist. */
  static async open(port: number, schema: string): Promise<Connection> {
    const socket = net.connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const connection = new Connection(socket, schema);
    await connection.#ask({ do: 'schema', name: schema });
    return connection;
  }

  async create(table: string, unique: readonly string[] = []): Promise<void> {
    await this.#ask({ do: 'create', table, unique });
  }

  async insert(table: string, row: Row): Promise<void> {
    await this.#ask({ do: 'insert', table, row });
  }

  select(table: string, where: Row = {}): Promise<readonly Row[]> {
    return this.#ask({ do: 'select', table, where });
  }

  /** The names of all schemas, including other clients'. */
  async schemas(): Promise<string[]> {
    return (await this.#ask({ do: 'schemas' })).map(({ name }) => String(name));
  }

  /** Starts a transaction, nested if one is open. */
  async begin(): Promise<void> {
    await this.#ask({ do: 'begin' });
  }

  async commit(): Promise<void> {
    await this.#ask({ do: 'commit' });
  }

  async rollback(): Promise<void> {
    await this.#ask({ do: 'rollback' });
  }

  async close(): Promise<void> {
    if (this.socket.destroyed) return;
    const closed = once(this.socket, 'close');
    this.socket.end();
    await closed;
  }

  #ask(command: Command): Promise<readonly Row[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      if (this.socket.writable) send(this.socket, command);
      else this.#lose();
    });
  }

  #answer(reply: Reply): void {
    const { resolve, reject } = this.#waiting.shift()!;
    if ('error' in reply) reject(new Error(reply.error));
    else resolve(reply.rows);
  }

  #lose(): void {
    for (const { reject } of this.#waiting.splice(0)) reject(new Error('the database is gone'));
  }
}
