import * as buffer from '../node/buffer';
import { hexOf } from '../node/buffer';
import { randomBytes } from '../node/crypto';
import { chmodSync, mkdirSync, rmSync } from '../node/fs';
import { tmpdir } from '../node/os';
import * as path from '../node/path';

/** A server's address, and the token that it requires. */
export interface Address {
  /** Path of a Unix socket, or name of a Windows pipe. */
  readonly address: string;
  /** 32 random bytes, as hexadecimal text. */
  readonly token: string;
  /** The folder of the socket, which the server makes and removes; undefined for a pipe. */
  readonly folder: string | undefined;
}

/** A socket's path may take 104 bytes on macOS and 108 on Linux, including a zero at its end. */
const LONGEST = 103;

/** Names a new address. Makes nothing: the name is needed long before a server is. */
export function makeAddress(platform = process.platform, temporary = tmpdir()): Address {
  const token = hexOf(randomBytes(32));
  const name = `jest-loop-${hexOf(randomBytes(8))}`;
  if (platform === 'win32') return { address: `\\\\.\\pipe\\${name}`, token, folder: undefined };
  const nearest = path.posix.join(temporary, name, 's');
  const address = buffer.byteLength(nearest) > LONGEST ? `/tmp/${name}/s` : nearest;
  return { address, token, folder: folderOf(address) };
}

/** The folder of an address; undefined for a pipe. */
export function folderOf(address: string): string | undefined {
  return address.startsWith('\\\\') ? undefined : path.posix.dirname(address);
}

/** The folder of a socket, while a server listens there. */
export interface SocketFolder {
  /** Restricts the socket to this user. */
  protect(): void;
  /** Removes it and its contents, as the exit of this process does, too. */
  remove(): void;
}

/** Makes an address's folder, for this user only; throws if it exists. */
export function makeFolder(address: string): SocketFolder {
  const folder = folderOf(address);
  if (folder === undefined) return { protect: () => {}, remove: () => {} };
  mkdirSync(folder, { mode: 0o700 });
  const removeNow = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeNow);
  return {
    protect: () => chmodSync(address, 0o600),
    remove: () => {
      process.off('exit', removeNow);
      removeNow();
    },
  };
}
