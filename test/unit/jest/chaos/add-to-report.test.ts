import { addToReport } from '../../../../src/jest/chaos/add-to-report';
import type { TestEntry } from '../../../../src/jest/file/circus';
import type { TestFile } from '../../../../src/jest/file/test-file';

const testFile = { realm: { Error } } as unknown as TestFile;

function ended(...errors: unknown[]): { entry: TestEntry; stack: string; shown: unknown } {
  const entry = { errors } as unknown as TestEntry;
  addToReport(testFile, entry, ['Race\n  more', 'Replay']);
  const last = entry.errors.at(-1) as [Error, unknown];
  return { entry, stack: last[0].stack!, shown: last[0] };
}

const place = Object.assign(new Error(), { stack: 'Error\n    at test (/root/a.test.js:1:1)' });

test('the lines end the stack of the last error', () => {
  const [one, two] = [new Error('one'), new Error('two')];
  const before = one.stack;
  const { stack, entry } = ended([one, place], [two, place]);
  expect(stack).toMatch(/^Error: two\n {4}at [\s\S]*\n\nRace\n {2}more\n\nReplay$/);
  expect(one.stack).toBe(before);
  expect(entry.errors).toHaveLength(2);
});

test('so does that of a frozen error, or of its copy', () => {
  const frozen = Object.freeze(new TypeError('frozen'));
  const { stack, shown } = ended([frozen, place]);
  expect(stack).toMatch(/^TypeError: frozen\n[\s\S]*Replay$/);
  // From Node 21 on, V8 lets the stack of a frozen error change.
  expect(shown).toBeInstanceOf(TypeError);
});

test.each([
  ['a text', 'thrown: "a text"'],
  [undefined, 'thrown: undefined'],
  [{ code: 1 }, 'thrown: '],
])('%p, which has no stack, is shown with the place of the test', (thrown, message) => {
  const { stack } = ended([thrown, place]);
  expect(stack).toContain(message);
  expect(stack).toMatch(/\n {4}at test \(\/root\/a.test.js:1:1\)\n\nRace\n {2}more\n\nReplay$/);
});
