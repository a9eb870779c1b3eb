import { fromBytes, toBytes } from './clone/bytes';

/** The messages between two processes. */
export type Message =
  | { readonly kind: 'request'; readonly id: number; readonly method: string; readonly payload: unknown }
  | { readonly kind: 'value'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly error: unknown }
  | { readonly kind: 'notify'; readonly event: string; readonly payload: unknown }
  /** The last one, with the reason to end. */
  | { readonly kind: 'bye'; readonly reason: string };

/** The types of each kind's properties. */
const SHAPES: Readonly<Record<Message['kind'], { readonly [key: string]: 'number' | 'string' }>> = {
  request: { id: 'number', method: 'string' },
  value: { id: 'number' },
  error: { id: 'number' },
  notify: { event: 'string' },
  bye: { reason: 'string' },
};

/** A message as bytes; throws if its payload cannot be copied. */
export function encode(message: Message): Buffer {
  return toBytes(message);
}

/** The message in such bytes; throws if they hold none. */
export function decode(bytes: Uint8Array): Message {
  const value = fromBytes(bytes);
  const message = Object(value) as Record<string, unknown>;
  const kind = String(message.kind);
  const shape = Object.hasOwn(SHAPES, kind) ? SHAPES[kind as Message['kind']] : undefined;
  if (shape === undefined) throw new TypeError('unknown kind');
  for (const [key, type] of Object.entries(shape))
    if (typeof message[key] !== type) throw new TypeError(`no ${key}`);
  return value as Message;
}
