import { tell } from '../wide-log';

test('asks', ({ slow }) => {
  expect(slow).toStrictEqual({ slow: true });
  tell('asks');
});
