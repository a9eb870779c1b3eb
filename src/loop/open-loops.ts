import { processState } from '../process/process-state';
import type { WorkOwner } from './steps/pending-work';
import { currentStep, type Owner } from './steps/step';

/** Notes the open Loops from now on, those that user code makes included. */
export function noteLoops(): void {
  processState.openLoops ??= new Map();
}

/** The same for a new test file: what code of earlier files made since their end must not keep their realms alive. */
export function noteLoopsOfFile(): void {
  noteLoops();
  for (const [loop, { realm }] of processState.openLoops!)
    if (realm !== globalThis) processState.openLoops!.delete(loop);
}

/** A Loop is made. */
export function loopMade(loop: WorkOwner): void {
  processState.realWork?.loops.add(loop);
  // This copy of the module is the realm's.
  processState.openLoops?.set(loop, { realm: globalThis, maker: currentStep()?.owner });
}

/** It is closed. */
export function loopEnded(loop: WorkOwner): void {
  processState.realWork?.loops.delete(loop);
  processState.openLoops?.delete(loop);
}

/** Those that are open; of any realm, or of the one with this global object. */
export function openLoops(realm?: object): WorkOwner[] {
  return openLoopsWhere(made => realm === undefined || made.realm === realm);
}

/** Those that are open, of such makers. */
export function openLoopsBy(isMaker: (owner: Owner) => boolean): WorkOwner[] {
  return openLoopsWhere(({ maker }) => maker !== undefined && isMaker(maker as Owner));
}

function openLoopsWhere(
  accept: (made: { readonly realm: object; readonly maker: unknown }) => boolean,
): WorkOwner[] {
  const all = [...(processState.openLoops ?? [])];
  return all.filter(([, made]) => accept(made)).map(([loop]) => loop as WorkOwner);
}
