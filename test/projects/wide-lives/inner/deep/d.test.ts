import { log } from '../../../wide-log';

test('uses', ({ ground, floor, cellar, own }) => {
  log(
    `d uses ${[ground, floor, cellar, own].map(({ name, pid }) => (pid === process.pid ? name : `${name} of another`))}`,
  );
});
test('has the same', ({ ground, floor, cellar, own }) => {
  for (const value of [ground, floor, cellar, own])
    expect(value).toEqual({ name: expect.any(String), pid: expect.any(Number) });
});
