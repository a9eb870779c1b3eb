import * as path from 'node:path';
import { FACTS } from '../../channel/facts';
import { state } from '../process/state';
import type { MainSide } from './main-side';
import type { WorkerSide } from './worker-side';

/*
 * The two sides of what outlives test files: Jest's main process and the processes that run test files, which may be
 * one. What is here is loaded in all of them; the rest when somebody asks for the first such fixture.
 */

/** What workers ask of the main process, and what it asks of them. */
export const REQUESTS = {
  value: 'value',
  giveUp: 'give up',
  facts: FACTS,
  join: 'join',
  end: 'end',
} as const;

/** What the runner is told by a worker that needs the main process. */
export const WANTED = 'jest-loop-wanted';

/** The rest. It is bundled apart from the environment: most runs never load it. */
export function loadWide(): typeof import('.') {
  return require(path.join(__dirname, 'wide')) as typeof import('.');
}

/** Makes it that of this process. What it returns puts back the one before. */
export function enterMainSide(make: () => MainSide): () => void {
  const before = state.mainSide;
  let made: MainSide | undefined;
  state.mainSide = () => {
    made ??= make();
    return made;
  };
  return () => {
    state.mainSide = before;
  };
}

/** The main side of this process's run; undefined in a worker, and where nothing of ours runs in the main process. */
export function mainSide(): MainSide | undefined {
  return (state.mainSide as (() => MainSide) | undefined)?.();
}

/** The worker side of this process. */
export function workerSide(): WorkerSide {
  state.workerSide ??= new (loadWide().WorkerSide)();
  return state.workerSide as WorkerSide;
}
