import { log } from '../wide-log';

test('uses', ({ ground, seat, own }) => {
  log(
    `a uses ${[ground, seat, own].map(({ name, pid }) => (pid === process.pid ? name : `${name} of another`))}`,
  );
});
test('has the same', ({ ground, seat, own }) => {
  for (const value of [ground, seat, own])
    expect(value).toEqual({ name: expect.any(String), pid: expect.any(Number) });
});
