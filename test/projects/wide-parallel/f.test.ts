import { log } from '../wide-log';

test('asks', ({ slow }) => {
  expect(slow).toStrictEqual({ slow: true });
  log('asks');
});
