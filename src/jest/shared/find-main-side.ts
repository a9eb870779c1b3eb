import { state } from '../process/state';
import type { MainSide } from './main-side';

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
