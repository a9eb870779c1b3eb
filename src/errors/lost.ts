/** What a worker's messages call the process that runs Jest. */
export const MAIN = "Jest's main process";
/** What the messages of that process call a worker. */
export const workerOf = (pid: number): string => `the worker process ${pid}`;

/** Why a connection was lost, for `connectionLost`. */
export const LOST = {
  ended: 'it ended',
  closedHere: 'it was closed on this side',
  silent: 'it did not read what was sent to it',
  told: (reason: string): string => `it said that ${reason}`,
  /** By the code of what a socket says: a process that was killed may have left something unread. */
  failed: ({ code, message }: NodeJS.ErrnoException): string =>
    code === 'ECONNRESET' || code === 'EPIPE' ? LOST.ended : message,
  tooLarge: (size: number, limit: number): string =>
    `a message of ${mega(size)} came, and ${mega(limit)} is the limit`,
  undecodable: (reason: string): string => `what came is not a message (${reason})`,
} as const;

/** A size as a message shows it. */
export function mega(bytes: number): string {
  const size = bytes / 2 ** 20;
  return bytes < 2 ** 20 ? `${bytes} bytes` : `${Number(size.toFixed(1))} MiB`;
}
