import * as promises from '../../node/promise';

const REJECTED = 'unhandledRejection';
const HANDLED = 'rejectionHandled';

const nothing = (): void => {};

/**
 * Without listeners, as in Jest's main process, Node turns each rejection into an exception at once, so that handling it
 * later does not help, unlike in a process that runs tests. This adds a listener, before which `watchProcess` calls
 * `take`. Rejections that it leaves go Node's way. Returns a function that ends this.
 */
export function listenToRejections(target: NodeJS.Process = process): () => void {
  let listening = true;
  const leave = (reason: unknown): void => {
    // Other listeners got it too.
    if (target.listenerCount(REJECTED) > 1) return;
    target.off(REJECTED, leave);
    // Now Node finds no listener.
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
