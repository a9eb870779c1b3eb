import { log } from '../../wide-log';

test('uses', ({ ground, seat }) => {
  log(`f uses ${[ground, seat].map(({ name, pid }) => (pid === process.pid ? name : `${name} of another`))}`);
});
test('has the same', ({ ground, seat }) => {
  for (const value of [ground, seat])
    expect(value).toEqual({ name: expect.any(String), pid: expect.any(Number) });
});
