import { commentAbove } from '../../../../src/observe/readers/comment-above';

const SOURCE = `const one = 1; /* of one */
fixture('none', 1);

// One line.
fixture('line', 1)
  // Two
  //
  // lines.
  .fixture('lines', 1)
  /** A sentence. */
  .fixture('doc', 1)
  /**
   * Several
   *   lines.
   */
  .fixture('docs', 1)
  /* plain */
  .fixture('plain', 1);
// Too far.

fixture('far', 1);`.split('\n');

const lineOf = (name: string): number => SOURCE.findIndex(line => line.includes(`'${name}'`)) + 1;

test.each([
  ['none', []],
  ['line', ['One line.']],
  ['lines', ['Two', '', 'lines.']],
  ['doc', ['A sentence.']],
  ['docs', ['Several', '  lines.']],
  ['plain', ['plain']],
  ['far', []],
])('the comment above %s', (name, expected) => {
  expect(commentAbove(SOURCE, lineOf(name))).toEqual(expected);
});

test('there is none above the first line, or outside the text', () => {
  expect(commentAbove(['fixture()'], 1)).toEqual([]);
  expect(commentAbove([], 40)).toEqual([]);
});
