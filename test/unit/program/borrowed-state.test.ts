import { jestState } from '../../../src/jest/process/jest-state';
import { processState } from '../../../src/process/process-state';
import { borrowState } from '../../../src/program/borrowed-state';

test('what test files set for their Loops is gone after a run, and so is a file that was never torn down', () => {
  const { poolSize, makePool, makeBackend } = processState;
  const giveBack = borrowState();
  const dropped: string[] = [];
  Object.assign(processState, { poolSize: 7, makePool: () => {}, makeBackend: () => {} });
  jestState.dropPendingFile = () => {
    dropped.push('file');
    jestState.dropPendingFile = undefined;
  };
  giveBack();
  expect(processState).toMatchObject({ poolSize, makePool, makeBackend });
  expect(dropped).toEqual(['file']);
});
