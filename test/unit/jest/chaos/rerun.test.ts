import { rerun, withoutReruns } from '../../../../src/jest/chaos/rerun';
import type { DescribeBlock, TestEntry } from '../../../../src/jest/file/circus';
import type { TestFile } from '../../../../src/jest/file/test-file';

test('a test stands in the list of its block as often as it runs, and once in the end', () => {
  const parent = { children: [] as unknown[] } as unknown as DescribeBlock;
  const [one, two, three] = ['one', 'two', 'three'].map(
    name => ({ type: 'test', name, parent, errors: ['an error'] }) as unknown as TestEntry,
  );
  parent.children.push(one!, two!, three!);
  const cleared: unknown[] = [];
  const snapshotState = { clear: (entry: unknown) => cleared.push(entry) };
  const testFile = { jest: { expect: { getState: () => ({ snapshotState }) } } } as unknown as TestFile;
  const ran: string[] = [];
  for (const child of parent.children) {
    ran.push((child as TestEntry).name);
    if (ran.length > 1 && ran.length < 4) rerun(testFile, two!);
  }
  expect(ran).toEqual(['one', 'two', 'two', 'two', 'three']);
  expect(cleared).toEqual([two, two]);
  withoutReruns(parent);
  expect(parent.children).toEqual([one, two, three]);
});
