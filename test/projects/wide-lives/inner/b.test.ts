import { log } from '../../wide-log';

test('uses', ({ ground, floor, seat, own }) => {
  log(
    `b uses ${[ground, floor, seat, own].map(({ name, pid }) => (pid === process.pid ? name : `${name} of another`))}`,
  );
});
test('has the same', ({ ground, floor, seat, own }) => {
  for (const value of [ground, floor, seat, own])
    expect(value).toEqual({ name: expect.any(String), pid: expect.any(Number) });
});
