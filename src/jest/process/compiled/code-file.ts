import { concat, equals, part } from '../../../node/buffer';
import { createHash } from '../../../node/crypto';
import * as fs from '../../../node/fs';
import { dirname } from '../../../node/path';
import { orUndefined } from '../../../util/or-undefined';

/*
 * Files with V8's compiled code. A process may be killed as it writes one, and V8 may crash on half of one.
 */

/** Of what stands before the code in a file: its SHA-1, and zeros, since V8 copies code that does not start at a word. */
const HEADER_LENGTH = 24;

/** The code in a file, if it is whole. */
export function readCode(file: string): Buffer | undefined {
  return orUndefined(() => codeIn(fs.readFileSync(file)));
}

/** The same, only if the file is this user's: others, too, may write to the temporary folder. */
export function readOwnCode(file: string): Buffer | undefined {
  return orUndefined(() => {
    const opened = fs.openSync(file, 'r');
    try {
      const uid = process.getuid?.();
      const isOwn = uid === undefined || fs.fstatSync(opened).uid === uid;
      return isOwn ? codeIn(fs.readFileSync(opened)) : undefined;
    } finally {
      fs.closeSync(opened);
    }
  });
}

function codeIn(bytes: Buffer): Buffer | undefined {
  const code = part(bytes, HEADER_LENGTH);
  return equals(headerOf(code), part(bytes, 0, HEADER_LENGTH)) ? code : undefined;
}

/** Writes what `make` returns; where that fails, later processes compile again. */
export function writeCode(file: string, make: () => Buffer): void {
  const draft = `${file}.${process.pid}`;
  try {
    const code = make();
    fs.mkdirSync(dirname(file), { recursive: true });
    fs.writeFileSync(draft, concat([headerOf(code), code]));
    // Other processes see all of it or nothing.
    fs.renameSync(draft, file);
  } catch {
    // Read-only, or full.
    remove(draft);
  }
}

function remove(file: string): void {
  try {
    fs.rmSync(file, { force: true });
  } catch {
    // Where it could not be written, it cannot be removed.
  }
}

function headerOf(code: Buffer): Buffer {
  return concat([createHash('sha1').update(code).digest()], HEADER_LENGTH);
}
