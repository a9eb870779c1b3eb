import { log } from '../../../wide-log';

test('uses', ({ floor, own, board }) => {
  log(
    `e uses ${[floor, own, board].map(({ name, pid }) => (pid === process.pid ? name : `${name} of another`))}`,
  );
});
test('has the same', ({ floor, own, board }) => {
  for (const value of [floor, own, board])
    expect(value).toEqual({ name: expect.any(String), pid: expect.any(Number) });
});
