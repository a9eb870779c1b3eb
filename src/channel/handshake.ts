import type { Socket } from 'node:net';
import * as buffer from '../node/buffer';
import { timingSafeEqual } from '../node/crypto';
import { FrameReader, frame } from './frames';

/** Limits for a connection that has not shown the token yet. */
export interface Unproven {
  /** Maximum bytes of its first message, default 4096. */
  readonly bytes?: number;
  /** Maximum milliseconds until it is complete, default 2000. */
  readonly time?: number;
}

const BYTES = 4096;
const TIME = 2000;
/** The server's answer to a valid token. */
const WELCOME = buffer.from('jest-loop');

/** An admitted client, and the data after its token. */
export interface Admitted {
  readonly pid: number;
  readonly reader: FrameReader;
}

/** A client's first frame: plain bytes, as the server decodes nothing for a stranger. */
export function knock(token: string, pid: number): Buffer {
  const body = buffer.alloc(4 + buffer.byteLength(token));
  buffer.writeUInt32(body, pid);
  buffer.writeText(body, token, 4);
  return frame(body);
}

/** The server's side: cuts off a connection without the right token in time; calls back for the others. */
export function admit(
  socket: Socket,
  token: string,
  { bytes = BYTES, time = TIME }: Unproven,
  admitted: (client: Admitted) => void,
): void {
  const reader = new FrameReader();
  const expected = buffer.from(token);
  let waiting = true;
  const refuse = (): void => {
    if (waiting) socket.destroy();
  };
  // After a long block of this process, data that came meanwhile is read before the time is up.
  const timer = setTimeout(() => setImmediate(() => setImmediate(refuse)), time).unref();
  const read = (chunk: Buffer): void => {
    reader.push(chunk);
    const body = reader.next(bytes);
    if (body === undefined) return;
    if ('tooLarge' in body || !opens(body, expected)) {
      refuse();
      return;
    }
    waiting = false;
    clearTimeout(timer);
    socket.off('data', read).off('error', refuse);
    socket.write(frame(WELCOME));
    admitted({ pid: buffer.readUInt32(body), reader });
  };
  socket.on('data', read).on('error', refuse);
  socket.once('close', () => clearTimeout(timer));
}

function opens(body: Buffer, expected: Buffer): boolean {
  const given = buffer.part(body, 4);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** The client's side: shows the token; calls back with the data after the welcome, or with nothing if refused. */
export function enter(
  socket: Socket,
  token: string,
  entered: (reader: FrameReader | undefined) => void,
): void {
  const reader = new FrameReader();
  const settle = (result: FrameReader | undefined): void => {
    socket.off('data', read).off('error', refuse).off('close', refuse);
    if (result === undefined) socket.on('error', () => {}).destroy();
    entered(result);
  };
  const refuse = (): void => settle(undefined);
  const read = (chunk: Buffer): void => {
    reader.push(chunk);
    const body = reader.next(WELCOME.length);
    if (body === undefined) return;
    settle('equals' in body && buffer.equals(body, WELCOME) ? reader : undefined);
  };
  socket.on('data', read).on('error', refuse).on('close', refuse);
  socket.write(knock(token, process.pid));
}
