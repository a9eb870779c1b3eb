import { allocUnsafe, indexIn, part, stringOf } from '../../node/buffer';
import { closeSync, openSync, readFileSync, readSync, statSync } from '../../node/fs';
import * as json from '../../node/json';

/** What is needed of a source map. */
export interface MapText {
  readonly sources: readonly unknown[];
  /** How the mappings begin. */
  readonly mappings: string;
  /** How they go on after what has been given; empty at their end. Throws where the file cannot be read. */
  more(): string;
}

const MAPPINGS = '"mappings":"';
const SOURCES = '"sources":[';
const SECTIONS = '"sections":';
const ROOT = '"sourceRoot":"';
/** How many bytes are read at once, and how many of them again with the next ones: more than any of these words has. */
const PIECE = 64 * 1024;
const AGAIN = 16;
/** More than the longest path. */
const TAIL = 5000;
/** The end of the mappings, and what may follow them without being looked at. */
const ENDS = /^[\w+/,;]*"(,"(names|ignoreList|x_google_ignoreList)":\[[\d,]*\])*\}\s*$/;

/**
 * Reads a source map up to its mappings, and these as far as they are needed. The text of the source takes half of a map,
 * and most of the rest is about later lines. Undefined for one that does not look like those of Jest's transforms.
 *
 * Everything is read as Latin 1, which is the fastest: sources that it spoils are no plain ones.
 */
export function openMap(file: string): MapText | undefined {
  const fd = openSync(file, 'r');
  try {
    return readInPieces(file, fd) ?? readWhole(file);
  } finally {
    closeSync(fd);
  }
}

/** Undefined for a map whose parts stand in another order. */
function readInPieces(file: string, fd: number): MapText | undefined {
  const buffer = allocUnsafe(PIECE);
  let sources: readonly unknown[] | undefined;
  for (let at = 0; ; at += PIECE - AGAIN) {
    const read = readSync(fd, buffer, 0, PIECE, at);
    const piece = part(buffer, 0, read);
    const begin = indexIn(piece, MAPPINGS);
    const before = begin < 0 ? piece : part(piece, 0, begin);
    if (indexIn(before, SECTIONS) >= 0 || indexIn(before, ROOT) >= 0) return undefined;
    sources ??= sourcesIn(before);
    if (begin < 0) {
      if (read < PIECE) return undefined;
      continue;
    }
    const from = begin + MAPPINGS.length;
    if (sources === undefined || !endsWithMappings(file, fd, at + from)) return undefined;
    const [mappings, ended] = upToQuote(part(piece, from));
    return { sources, mappings, more: ended ? () => '' : goOn(file, at + read) };
  }
}

function sourcesIn(piece: Buffer): readonly unknown[] | undefined {
  const begin = indexIn(piece, SOURCES);
  const end = begin < 0 ? -1 : indexIn(piece, ']', begin);
  if (end < 0) return undefined;
  return json.parse(latin1Of(part(piece, begin + SOURCES.length - 1, end + 1))) as readonly unknown[];
}

/** Whether nothing follows the mappings that would change what they mean. */
function endsWithMappings(file: string, fd: number, begin: number): boolean {
  const { size } = statSync(file);
  const tail = allocUnsafe(Math.min(TAIL, size - begin));
  const read = readSync(fd, tail, 0, tail.length, size - tail.length);
  return ENDS.test(latin1Of(part(tail, 0, read)));
}

function goOn(file: string, from: number): () => string {
  let at = from;
  let done = false;
  return () => {
    if (done) return '';
    const fd = openSync(file, 'r');
    try {
      const buffer = allocUnsafe(PIECE);
      const read = readSync(fd, buffer, 0, PIECE, at);
      const [text, ended] = upToQuote(part(buffer, 0, read));
      at += read;
      done = ended || read === 0;
      return text;
    } finally {
      closeSync(fd);
    }
  };
}

function upToQuote(piece: Buffer): readonly [text: string, ended: boolean] {
  const end = indexIn(piece, '"');
  return end < 0 ? [latin1Of(piece), false] : [latin1Of(part(piece, 0, end)), true];
}

const latin1Of = (bytes: Buffer): string => stringOf(bytes, 'latin1');

function readWhole(file: string): MapText | undefined {
  const text = readFileSync(file, 'latin1');
  if (text.includes(SECTIONS) || /"sourceRoot":"[^"]/.test(text)) return undefined;
  const sources = /"sources":(\[[^\]]*\])/.exec(text)?.[1];
  const begin = text.indexOf(MAPPINGS) + MAPPINGS.length;
  if (sources === undefined || begin < MAPPINGS.length) return undefined;
  const mappings = text.slice(begin, text.indexOf('"', begin));
  return { sources: json.parse(sources) as readonly unknown[], mappings, more: () => '' };
}
