import { log } from '../wide-log';

test('uses', ({ ground, seat, own, board }) => {
  log(
    `z uses ${[ground, seat, own, board].map(({ name, pid }) => (pid === process.pid ? name : `${name} of another`))}`,
  );
});
test('has the same', ({ ground, seat, own, board }) => {
  for (const value of [ground, seat, own, board])
    expect(value).toEqual({ name: expect.any(String), pid: expect.any(Number) });
});
