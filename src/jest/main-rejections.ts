import * as promises from '../node/promise';

const REJECTED = 'unhandledRejection';
const HANDLED = 'rejectionHandled';

const nothing = (): void => {};

/**
 * In Jest's main process nobody listens to rejections, so Node makes an exception of each at once: that it is handled
 * after all comes too late, which is another thing than in a process that runs tests. With this somebody listens, and
 * those who watch errors (see process-errors.ts) are asked first. What they leave goes the way that it would have gone.
 * Gives what ends it.
 */
export function listenToRejections(target: NodeJS.Process = process): () => void {
  let listening = true;
  const leave = (reason: unknown): void => {
    // They were told as well.
    if (target.listenerCount(REJECTED) > 1) return;
    target.off(REJECTED, leave);
    // Node finds nobody.
    promises.reject(reason);
    setImmediate(() => {
      if (listening) target.on(REJECTED, leave);
    }).unref();
  };
  target.on(REJECTED, leave);
  target.on(HANDLED, nothing);
  return () => {
    listening = false;
    target.off(REJECTED, leave);
    target.off(HANDLED, nothing);
  };
}
