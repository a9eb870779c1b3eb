import type { Socket } from 'node:net';

/** A value in a column. */
export type Cell = string | number | boolean | null;
export type Row = Readonly<Record<string, Cell>>;

/** A client's commands, one line of JSON each; the server replies in order. */
export type Command =
  | { readonly do: 'schema'; readonly name: string }
  | { readonly do: 'create'; readonly table: string; readonly unique?: readonly string[] }
  | { readonly do: 'insert'; readonly table: string; readonly row: Row }
  | { readonly do: 'select'; readonly table: string; readonly where?: Row }
  | { readonly do: 'begin' | 'commit' | 'rollback' | 'schemas' };

export type Reply = { readonly rows: readonly Row[] } | { readonly error: string };

/** Calls `listener` with each complete line. */
export function onLine(socket: Socket, listener: (line: string) => void): void {
  let rest = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    for (const line of lines) listener(line);
  });
}

export const send = (socket: Socket, message: Command | Reply): unknown =>
  socket.write(`${JSON.stringify(message)}\n`);
