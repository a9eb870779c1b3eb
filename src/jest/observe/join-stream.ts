import { threadId } from '../../node/worker-threads';
import type { Id, LaneEvent } from '../../observe/events/event';
import { StreamWriter } from '../../observe/stream/stream-writer';
import { processState } from '../../process/process-state';
import type { RunStream } from '../process/run-stream';
import { jestParent } from '../process/to-jest';

/** Makes this process write to the stream of a run; it does so once. Gives its observer. */
export function joinStream({ folder }: RunStream): StreamWriter {
  const known = processState.observer as StreamWriter | undefined;
  if (known?.folder === folder) return known;
  known?.close();
  const writer = new StreamWriter(folder, laneOf(), laneEvent());
  processState.observer = writer;
  return writer;
}

/** This process no longer writes to that stream. */
export function leaveStream(folder: string): void {
  const known = processState.observer as StreamWriter | undefined;
  if (known?.folder !== folder) return;
  processState.observer = undefined;
  known.close();
}

/** Worker threads share the id of their process. */
export function laneOf(): Id {
  return threadId === 0 ? String(process.pid) : `${process.pid}-${threadId}`;
}

function laneEvent(): Omit<LaneEvent, 'type' | 'lane'> {
  // In band JEST_WORKER_ID is set, too.
  const id = jestParent() === undefined ? undefined : Number(process.env.JEST_WORKER_ID);
  return { pid: process.pid, ...(id !== undefined && { worker: id }) };
}
