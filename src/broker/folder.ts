import { chmodSync, mkdirSync, rmSync } from '../node/fs';
import { folderOf } from './address';

/** The folder of a socket, while a server listens there. */
export interface SocketFolder {
  /** Lets nobody but this user talk to the socket. */
  protect(): void;
  /** Removes it with all that is in it. It is also removed when this process exits. */
  remove(): void;
}

/** Makes the folder of an address, for this user alone; throws if there is one already. */
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
