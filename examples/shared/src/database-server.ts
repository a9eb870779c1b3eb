import { once } from 'node:events';
import * as net from 'node:net';
import { type Command, onLine, type Row, send } from './protocol';
import { Schema } from './schema';

/**
 * A small in-memory database with nested transactions. Each client has its own schema and cannot see the others. The
 * protocol is lines of JSON over TCP.
 */
export class DatabaseServer {
  readonly #schemas = new Map<string, Schema>();
  readonly #taken = new Set<Schema>();
  readonly #sockets = new Set<net.Socket>();

  private constructor(private readonly server: net.Server) {
    server.on('connection', socket => this.#serve(socket));
  }

  /** Listens on a free local port. */
  static async listen(): Promise<DatabaseServer> {
    const server = net.createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return new DatabaseServer(server);
  }

  get port(): number {
    return (this.server.address() as net.AddressInfo).port;
  }

  get schemas(): readonly string[] {
    return [...this.#schemas.keys()].sort();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise(resolve => this.server.close(resolve));
  }

  #serve(socket: net.Socket): void {
    let own: Schema | undefined;
    this.#sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#sockets.delete(socket);
      if (own === undefined) return;
      // A client that dies in a transaction changes nothing.
      own.reset();
      this.#taken.delete(own);
    });
    onLine(socket, line => {
      try {
        const command = JSON.parse(line) as Command;
        if (command.do === 'schema') own = this.#take(command.name, own);
        send(socket, { rows: command.do === 'schema' ? [] : this.#run(own, command) });
      } catch (error) {
        send(socket, { error: (error as Error).message });
      }
    });
  }

  #take(name: string, own: Schema | undefined): Schema {
    if (own !== undefined) throw new Error(`this client is in schema "${own.name}" already`);
    const schema = this.#schemas.get(name) ?? new Schema(name);
    if (this.#taken.has(schema)) throw new Error(`schema "${name}" is another client's`);
    this.#schemas.set(name, schema);
    this.#taken.add(schema);
    return schema;
  }

  #run(schema: Schema | undefined, command: Exclude<Command, { do: 'schema' }>): readonly Row[] {
    if (command.do === 'schemas') return this.schemas.map(name => ({ name }));
    if (schema === undefined) throw new Error('choose a schema first');
    if (command.do === 'select') return schema.select(command.table, command.where);
    if (command.do === 'create') schema.create(command.table, command.unique);
    else if (command.do === 'insert') schema.insert(command.table, command.row);
    else schema[command.do]();
    return [];
  }
}
