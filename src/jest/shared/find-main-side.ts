import { jestState } from '../process/jest-state';
import type { MainSide } from './main-side';

/** Sets the main side of this process, made on first use. Returns a function that restores the one before. */
export function enterMainSide(make: () => MainSide): () => void {
  const before = jestState.mainSide;
  let made: MainSide | undefined;
  jestState.mainSide = () => {
    made ??= make();
    return made;
  };
  return () => {
    jestState.mainSide = before;
  };
}

/** The main side of this process; undefined in a worker, and in a main process without our runner. */
export function mainSide(): MainSide | undefined {
  return (jestState.mainSide as (() => MainSide) | undefined)?.();
}
