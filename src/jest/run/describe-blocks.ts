import type { DescribeBlock } from '../file/circus';
import type { Group } from '../file/value-groups';
import type { FileRun } from './state/file-run';

/** A describe block starts, perhaps again for a retry. */
export function describeStarted(fileRun: FileRun, describe: DescribeBlock): void {
  const { testFile } = fileRun;
  const group = testFile.groups.get(describe);
  if (group === undefined) fileRun.reopen(testFile.namespaceOf(describe));
  else startGroup(fileRun, group);
}

/** A describe block is over: tears down what no hook has torn down. */
export function describeDone(fileRun: FileRun, describe: DescribeBlock): Promise<void> | undefined {
  const { testFile, scopes } = fileRun;
  const isUsed = testFile.groups.has(describe) || scopes.has(testFile.namespaceOf(describe));
  return isUsed ? endDescribe(fileRun, describe) : undefined;
}

/** Tears down what lives as long as a describe block or a group of tests; at the root, as long as the file. */
export async function endDescribe(fileRun: FileRun, describe: DescribeBlock): Promise<void> {
  const { testFile, scopes, gate, options } = fileRun;
  gate.open();
  const parallel = options.setup === 'parallel';
  const group = testFile.groups.get(describe);
  const errors =
    group === undefined
      ? await scopes.close(testFile.namespaceOf(describe), parallel)
      : await endGroup(fileRun, group, parallel);
  // Where Jest puts what an afterAll hook throws; here there may be several errors.
  for (const error of errors) fileRun.errors.add(error);
}

/** The tests of one value of a parametrised fixture start, perhaps again for a retry. */
function startGroup(fileRun: FileRun, group: Group): void {
  group.over = false;
  group.forget = fileRun.hookContexts.mark(group.namespace);
}

/** Tears down what is up for the value of a group. Gives the errors. */
async function endGroup(fileRun: FileRun, group: Group, parallel: boolean): Promise<unknown[]> {
  if (group.over) return [];
  group.over = true;
  const errors = await fileRun.scopes.endValue(group.namespace, group.declaration, parallel);
  group.forget?.();
  return errors;
}
