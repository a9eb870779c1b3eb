import { concat, equals, part } from '../../../node/buffer';
import { createHash } from '../../../node/crypto';
import * as fs from '../../../node/fs';
import { dirname } from '../../../node/path';
import { orUndefined } from '../../../util/or-undefined';

/*
 * Files with V8's compiled code. A process may be killed as it writes one, and V8 may crash on half of one.
 */

/** In bytes: the code's SHA-1, padded with zeros to a multiple of 8, since V8 copies code that is not aligned. */
const HEADER_LENGTH = 24;

/** The code in a file, if it is whole, and the file is this user's: others can write to the temporary folder, too. */
export function readCode(file: string): Buffer | undefined {
  return orUndefined(() => {
    // Opening a pipe waits until something writes to it.
    if (!fs.statSync(file).isFile()) return undefined;
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
    makeFolder(dirname(file), 2);
    // A new file: another user may have put a link there.
    fs.writeFileSync(draft, concat([headerOf(code), code]), { flag: 'wx' });
    // Other processes see all of it or nothing.
    fs.renameSync(draft, file);
  } catch {
    // Read-only, or full.
    remove(draft);
  }
}

/** Makes a folder, and one or two around it. Not as `recursive`, which never ends in `/proc` on Node 20. */
function makeFolder(folder: string, levels: number): void {
  if (levels === 0 || fs.existsSync(folder)) return;
  makeFolder(dirname(folder), levels - 1);
  // Other processes make it as well.
  orUndefined(() => fs.mkdirSync(folder));
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
