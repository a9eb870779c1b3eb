import type { TestFile } from '../../../../src/jest/file/test-file';
import { TestFileOwner } from '../../../../src/jest/report/test-file-owner';

const boom = new Error('boom');
let unhandledErrors: unknown[];
let info: { ended: boolean; path: string };
let options: { mode: 'auto' | 'strict' };
let errors: TestFileOwner;
const warn = jest.fn();

beforeEach(() => {
  unhandledErrors = [];
  info = { ended: false, path: '/p/a.test.ts' };
  options = { mode: 'auto' };
  const testFile = { info, options, state: { unhandledErrors }, warn };
  errors = new TestFileOwner(testFile as unknown as TestFile);
});

test("an exception in the file's code fails the file; a warning is printed", () => {
  errors.caught({ message: 'Unhandled', exception: boom });
  errors.caught({ message: 'slow' });
  expect([unhandledErrors, warn.mock.calls]).toEqual([[boom], [['slow']]]);
});

test('only a rejection that is handled after all is taken back', () => {
  const [one, other] = [Promise.resolve(1), Promise.resolve(2)];
  errors.add('first', one);
  errors.add('second', other);
  errors.add('third');
  errors.handled(one);
  errors.handled(one);
  errors.handled(Promise.resolve(3));
  expect(unhandledErrors).toEqual(['second', 'third']);
  // Jest has the results.
  info.ended = true;
  errors.handled(other);
  expect(unhandledErrors).toEqual(['second', 'third']);
});

test('in strict mode errors of unmanaged tests are left to Jest until the file has ended', () => {
  expect(errors.leavesToJest()).toBe(false);
  options.mode = 'strict';
  expect(errors.leavesToJest()).toBe(true);
  info.ended = true;
  expect(errors.leavesToJest()).toBe(false);
});
