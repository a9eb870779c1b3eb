import { worker } from '../process/store';
import type { WorkOwner } from './steps/pending-work';

/** Notes the open Loops from now on, those that user code makes included. */
export function noteLoops(): void {
  worker.openLoops ??= new Set();
}

/** A Loop is made. */
export function loopMade(loop: WorkOwner): void {
  worker.realWork?.loops.add(loop);
  worker.openLoops?.add(loop);
}

/** It is closed. */
export function loopEnded(loop: WorkOwner): void {
  worker.realWork?.loops.delete(loop);
  worker.openLoops?.delete(loop);
}

/** Those that are open, of any realm. */
export function openLoops(): Iterable<WorkOwner> {
  return (worker.openLoops ?? []) as Iterable<WorkOwner>;
}
