import { count, duration, moment } from '../../../../../src/observe/page/client/text';

test.each([
  [0.34, '0.3 ms'],
  [42.4, '42 ms'],
  [1234, '1.23 s'],
])('%d ms reads %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});

test.each([
  [2000, 1000, '2 s'],
  [1500, 100, '1.5 s'],
  [1234, 1, '1.234 s'],
  [0.25, 0.01, '0.250 ms'],
])('the moment %d at steps of %d reads %s', (ms, step, text) => {
  expect(moment(ms, step)).toBe(text);
});

test('counts agree with their noun', () => {
  expect([count(1, 'test'), count(1234, 'test')]).toEqual(['1 test', '1,234 tests']);
});
