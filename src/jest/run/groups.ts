import type { Group } from '../file/value-groups';
import type { FileRun } from './file-run';

/** A group is run, perhaps once more. */
export function startGroup(fileRun: FileRun, group: Group): void {
  group.over = false;
  group.forget = fileRun.hookLayers.mark(group.block);
}

/** Ends what is up for the value of a group. Gives the errors. */
export async function endGroup(fileRun: FileRun, group: Group, parallel: boolean): Promise<unknown[]> {
  if (group.over) return [];
  group.over = true;
  const errors = await fileRun.host.homes.endValue(group.block, group.declaration, parallel);
  group.forget?.();
  return errors;
}
