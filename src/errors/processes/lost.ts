/** What a worker's messages call the process that runs Jest. */
export const MAIN = "Jest's main process";
/** What that process's messages call a worker. */
export const workerOf = (pid: number): string => `the worker process ${pid}`;

/** Why a connection was lost, for `connectionLost`. */
export const LOST = {
  ended: 'it ended',
  closedHere: 'it was closed on this side',
  silent: 'it did not read the data sent to it',
  said: (reason: string): string => `it said that ${reason}`,
  /** By the code of a socket's error: a killed process may leave data unread. */
  failed: ({ code, message }: NodeJS.ErrnoException): string =>
    code === 'ECONNRESET' || code === 'EPIPE' ? LOST.ended : message,
  tooLarge: (size: number, limit: number): string =>
    `a message of ${mega(size)} came; the limit is ${mega(limit)}`,
  undecodable: (reason: string): string => `the data received is not a message (${reason})`,
} as const;

/** A size as a message shows it. */
export function mega(bytes: number): string {
  const size = bytes / 2 ** 20;
  return bytes < 2 ** 20 ? `${bytes} bytes` : `${Number(size.toFixed(1))} MiB`;
}
