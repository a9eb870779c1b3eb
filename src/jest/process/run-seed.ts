import { currentRunAddress } from './run-address';

/** The part of a test file that its seed comes from. */
interface SeededFile {
  readonly options: { readonly seed?: number };
  readonly info: { readonly jestSeed?: number };
}

/** Seeds that are drawn lie below this, so that people can type them. */
const DRAWN = 1_000_000;

/** Draws the seed of a run, in Jest's main process. */
export function drawSeed(): number {
  return Math.floor(Math.random() * DRAWN);
}

/** The seed of this run, as a test file sees it. */
export function seedOf({ options, info }: SeededFile): number {
  return runSeed(options.seed, info.jestSeed);
}

/**
 * The seed of this run, the same in all of its processes: the given one, else the one that the main process drew. Where
 * the runner is not ours, it is Jest's own, which is drawn once per run, too.
 */
export function runSeed(given: number | undefined, jestSeed: number | undefined): number {
  return given ?? currentRunAddress()?.seed ?? Math.abs(jestSeed ?? 0);
}
