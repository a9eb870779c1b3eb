import { from, isBuffer } from '../../node/buffer';
import { DefaultDeserializer, serialize } from '../../node/v8';

/** A value as bytes; throws if it cannot be copied. */
export function toBytes(value: unknown): Buffer {
  return serialize(value);
}

/** The value in such bytes, new each time: it shares no memory with them. */
export function fromBytes(bytes: Uint8Array): unknown {
  const reader = new Reader(bytes);
  reader.readHeader();
  return reader.readValue();
}

type View = Exclude<NodeJS.ArrayBufferView, DataView>;

/** Node's own deserializer leaves typed arrays in the bytes, where two copies would share memory. */
class Reader extends DefaultDeserializer {
  _readHostObject(): unknown {
    const view = Reflect.apply(readHostObject, this, []) as View | DataView;
    if (isBuffer(view)) return from(view);
    if ('slice' in view) return view.slice();
    const { buffer, byteOffset, byteLength } = view;
    return new DataView(buffer.slice(byteOffset, byteOffset + byteLength));
  }
}

const { _readHostObject: readHostObject } = DefaultDeserializer.prototype as unknown as {
  _readHostObject(): unknown;
};

/** Maximum bytes of a message by default. */
export const MAX_MESSAGE = 64 * 2 ** 20;
