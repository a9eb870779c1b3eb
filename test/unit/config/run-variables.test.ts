import { readRunVariables } from '../../../src/config/run-variables';
import type { Problem } from '../../../src/errors/problem';

const read = (env: Record<string, string>): unknown =>
  readRunVariables(env, ({ message }: Problem) => new Error(message));

test('whole numbers; empty ones do not count', () => {
  expect(read({})).toEqual({});
  expect(read({ JEST_LOOP_SEED: '', JEST_LOOP_RACES: '' })).toEqual({});
  expect(read({ JEST_LOOP_SEED: '4711', JEST_LOOP_RACES: '100' })).toEqual({ seed: 4711, races: 100 });
  expect(read({ JEST_LOOP_SEED: '0' })).toEqual({ seed: 0 });
});

test.each([
  [{ JEST_LOOP_SEED: '-1' }, 'option "JEST_LOOP_SEED" in the environment to be a whole number from 0'],
  [{ JEST_LOOP_SEED: '1.5' }, 'got "1.5"'],
  [{ JEST_LOOP_SEED: '9007199254740993' }, 'a whole number from 0'],
  [{ JEST_LOOP_RACES: '0' }, 'option "JEST_LOOP_RACES" in the environment to be a whole number from 1'],
  [{ JEST_LOOP_RACES: 'many' }, 'got "many"'],
])('%j is an error', (env, expected) => {
  expect(() => read(env)).toThrow(expected);
});
