import { state } from '../process/state';
import type { MainSide } from './main-side';

/** Sets the main side of this process, made on first use. Returns a function that restores the one before. */
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

/** The main side of this process; undefined in a worker, and in a main process without our runner. */
export function mainSide(): MainSide | undefined {
  return (state.mainSide as (() => MainSide) | undefined)?.();
}
