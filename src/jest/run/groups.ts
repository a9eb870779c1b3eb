import type { Group } from '../file/groups';
import type { FileRun } from './file-run';

/** A group is run, perhaps once more. */
export function startGroup(session: FileRun, group: Group): void {
  group.over = false;
  group.forget = session.hookLayers.mark(group.block);
}

/** Ends what is up for the value of a group. Gives the errors. */
export async function endGroup(session: FileRun, group: Group, parallel: boolean): Promise<unknown[]> {
  if (group.over) return [];
  group.over = true;
  const errors = await session.around.homes.endValue(group.block, group.declaration, parallel);
  group.forget?.();
  return errors;
}
