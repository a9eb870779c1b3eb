import { FrameReader, frame } from '../../../src/channel/frames';
import * as fc from '../../fast-check';

/** All complete bodies. */
function bodiesOf(reader: FrameReader, limit = 1000): string[] {
  const bodies: string[] = [];
  for (let next = reader.next(limit); next !== undefined; next = reader.next(limit)) {
    if ('tooLarge' in next) return [...bodies, `too large: ${next.tooLarge}`];
    bodies.push(next.toString());
  }
  return bodies;
}

test('frames arrive as sent, however they are cut', () => {
  const texts = fc.array(fc.string({ maxLength: 30, unit: 'binary' }), { maxLength: 8 });
  fc.assert(
    fc.property(texts, fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }), (sent, cuts) => {
      const reader = new FrameReader();
      const bytes = Buffer.concat(sent.map(text => frame(Buffer.from(text))));
      const bodies: string[] = [];
      for (let at = 0, i = 0; at < bytes.length; i += 1) {
        const size = cuts[i % cuts.length]!;
        reader.push(bytes.subarray(at, at + size));
        at += size;
        bodies.push(...bodiesOf(reader));
      }
      expect(bodies).toEqual(sent.map(text => Buffer.from(text).toString()));
    }),
  );
});

test('the head is enough to see that a body is too large', () => {
  const reader = new FrameReader();
  reader.push(frame(Buffer.from('fits')));
  reader.push(Buffer.of(0, 0, 0, 5));
  expect(bodiesOf(reader, 4)).toEqual(['fits', 'too large: 5']);
});

test('the limit may rise between two frames', () => {
  const reader = new FrameReader();
  reader.push(Buffer.concat([frame(Buffer.from('ab')), frame(Buffer.from('abcd'))]));
  expect(String(reader.next(2))).toBe('ab');
  expect(reader.next(2)).toEqual({ tooLarge: 4 });
  expect(String(reader.next(4))).toBe('abcd');
  expect(reader.next(4)).toBeUndefined();
});
