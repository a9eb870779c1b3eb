import { loadedJest } from '../process/jest-packages';
import type { MapFiles } from '../report/source-maps';

/** What we use of Jest's runtime for a test file. */
interface Runtime {
  getSourceMaps(): MapFiles;
}

/**
 * Calls `take` with the registry of source maps of the next runtime: Jest asks it for that before it runs a test file,
 * and gives it to nobody else. The returned function stops this. Without effect in the first Jests 30, which ask when
 * they need a map.
 * https://github.com/jestjs/jest/blob/v30.5.2/packages/jest-runner/src/runTest.ts
 */
export function watchMaps(take: (files: MapFiles) => void): () => void {
  const file = loadedJest('jest-runtime');
  const loaded = file === undefined ? undefined : (require.cache[file]!.exports as { default?: unknown });
  const { prototype } = Object(loaded?.default) as { prototype?: Runtime };
  const original = prototype?.getSourceMaps;
  if (prototype === undefined || original === undefined) return () => {};
  const stop = (): void => {
    if (prototype.getSourceMaps === watched) prototype.getSourceMaps = original;
  };
  const watched = function (this: Runtime): MapFiles {
    stop();
    const files = Reflect.apply(original, this, []);
    take(files);
    return files;
  };
  prototype.getSourceMaps = watched;
  return stop;
}
