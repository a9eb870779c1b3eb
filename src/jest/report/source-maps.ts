import * as path from '../../node/path';
import type { Located, Position } from '../file/realm';
import { openMap } from './map-file';
import { SourceLines } from './source-lines';

/** The file of each source map, by the file whose transformed code it belongs to: the registry of a Jest runtime. */
export type MapFiles = ReadonlyMap<string, string>;

/** One of these files. */
interface SourceMap {
  readonly lines: SourceLines;
  /** Absolute paths. */
  readonly sources: readonly string[];
}

/**
 * Finds the source of transformed code, in place of Jest's formatter of stacks. That parses a map with all its texts, and
 * keeps it as long as the process runs. What is read here lasts as long as this.
 * https://github.com/jestjs/jest/blob/v30.5.2/packages/jest-source-map/src/SourceMapCache.ts
 */
export class SourceMaps {
  readonly #files: MapFiles;
  readonly #maps = new Map<string, SourceMap | undefined>();

  constructor(files: MapFiles) {
    this.#files = files;
  }

  /** Where a frame stands in its source, or in the code where that maps to nothing. Undefined where only Jest can tell. */
  find(frame: Located): Position | undefined {
    const [file, line, column] = [frame.getFileName(), frame.getLineNumber(), frame.getColumnNumber()];
    if (!file || !line || !column) return undefined;
    const map = this.#mapOf(file);
    if (map === undefined) return undefined;
    try {
      const found = map.lines.find(line, column - 1);
      const source = found.source === undefined ? file : map.sources[found.source];
      return source === undefined ? undefined : { file: source, line: found.line };
    } catch {
      return undefined;
    }
  }

  #mapOf(file: string): SourceMap | undefined {
    const known = this.#maps.get(file);
    if (known !== undefined || this.#maps.has(file)) return known;
    const from = this.#files.get(file);
    const map = from ? readMap(from, path.dirname(file)) : undefined;
    // A file is registered when it is transformed, perhaps later.
    if (from) this.#maps.set(file, map);
    return map;
  }
}

/** Undefined for one that does not look like those of Jest's transforms. */
function readMap(file: string, folder: string): SourceMap | undefined {
  try {
    const text = openMap(file);
    const sources = text?.sources;
    if (text === undefined || !sources?.every(isPlain)) return undefined;
    const lines = new SourceLines(text.mappings, () => text.more());
    return { lines, sources: sources.map(name => (path.isAbsolute(name) ? name : path.join(folder, name))) };
  } catch {
    return undefined;
  }
}

/** Whether a source is the same as a path as it is as a URL. */
const isPlain = (source: unknown): source is string =>
  typeof source === 'string' && /^[\w@ ./-]+$/.test(source);
