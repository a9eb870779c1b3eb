import type { TestType } from '../../fixtures/declare/test-type';
import type { Markers } from './markers';
import type { SandboxFunction } from './realm';
import type { TestFile } from './test-file';

/** A form of `test`: `test.only`, `test.skip.failing`, an extended one … */
export interface TestForm {
  readonly mode: 'only' | 'skip' | undefined;
  readonly concurrent: boolean;
  readonly failing: boolean;
  readonly markers: Markers;
  readonly testType: TestType;
}

type JestTest = SandboxFunction & { [member: string]: JestTest };

/** Jest's function for a form. A skipped test is the same, concurrent or not. */
export function select(testFile: TestFile, { mode, concurrent, failing }: TestForm): SandboxFunction {
  let test = testFile.jest.test as JestTest;
  if (concurrent && mode !== 'skip') test = test.concurrent!;
  if (mode !== undefined) test = test[mode]!;
  return failing ? test.failing! : test;
}
