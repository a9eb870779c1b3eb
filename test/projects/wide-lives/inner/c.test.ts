import { log } from '../../wide-log';

test('uses', ({ ground, floor, seat, own, board }) => {
  log(
    `c uses ${[ground, floor, seat, own, board].map(({ name, pid }) => (pid === process.pid ? name : `${name} of another`))}`,
  );
});
test('has the same', ({ ground, floor, seat, own, board }) => {
  for (const value of [ground, floor, seat, own, board])
    expect(value).toEqual({ name: expect.any(String), pid: expect.any(Number) });
});
