import { from, isBuffer } from '../../node/buffer';
import { DefaultDeserializer, serialize } from '../../node/v8';

/** A copy of a value as bytes; throws where it cannot be copied. */
export function toBytes(value: unknown): Buffer {
  return serialize(value);
}

/** The value of such bytes, new each time: nothing of it shares memory with the bytes. */
export function fromBytes(bytes: Uint8Array): unknown {
  const reader = new Reader(bytes);
  reader.readHeader();
  return reader.readValue();
}

type View = Exclude<NodeJS.ArrayBufferView, DataView>;

/** Node's own reader lets arrays lie in the bytes, where two readings of them would meet. */
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

/** Bytes of one message, if nobody says otherwise. */
export const MAX_MESSAGE = 64 * 2 ** 20;
