import type { Part } from '../../../../../src/observe/page/client/parts';
import { searched } from '../../../../../src/observe/page/client/search';

const db = { text: 'set-up db[memory] test/a.test.ts', failed: false } as Part;
const broken = { text: 'test answers test/a.test.ts failed', failed: true } as Part;

test('nothing is filtered without words', () => {
  expect(searched('  ', false)).toBeUndefined();
});

test.each([
  ['db', false, [true, false]],
  ['DB a.test', false, [true, false]],
  ['a.test', false, [true, true]],
  ['a.test', true, [false, true]],
  ['', true, [false, true]],
  ['nothing', false, [false, false]],
])('search %j, failures only: %j', (query, failed, found) => {
  const matches = searched(query, failed)!;
  expect([db, broken].map(matches)).toEqual(found);
});
