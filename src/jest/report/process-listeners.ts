import * as promises from '../../node/promise';

/** What Node calls it. */
export type Origin = 'uncaughtException' | 'unhandledRejection';

/**
 * Called for each uncaught exception / unhandled rejection, in the async context that started it. True: it is
 * dealt with. The promise is not known where the process has no listener for rejections.
 */
export type Take = (error: unknown, origin: Origin, promise: Promise<unknown> | undefined) => boolean;

/** Called when a rejection that was taken is handled after all. */
export type Handled = (promise: Promise<unknown>) => void;

type Listener = ((this: unknown, ...args: unknown[]) => void) & {
  /** What it stands for: `process.removeListener` looks for that as well, for those that listen `once`. */
  listener?: Listener;
};

/** The part of Node's process that matters here, with all of its events alike. */
interface Events extends NodeJS.EventEmitter {
  hasUncaughtExceptionCaptureCallback(): boolean;
}

/**
 * Asks `take` before the listeners of the process, and calls none of them where it says true. Returns a function
 * that ends this.
 *
 * None of ours stands among the listeners: circus takes those off when a file starts, and only Jest >= 30.5 puts them
 * back; and where one stands alone, Node does not end the process any more, as it must for errors that are not ours.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-circus/src/globalErrorHandlers.ts
 */
export function watchProcess(take: Take, handled: Handled, target: Events = process): () => void {
  const stops = [watchExceptions(take, target), watchListeners(take, handled, target)];
  return () => {
    for (const stop of stops) stop();
  };
}

/** The monitor is told first; what it takes is kept from the listeners, who are told next. */
function watchExceptions(take: Take, target: Events): () => void {
  const name = 'uncaughtException';
  const monitor = (error: unknown, origin: Origin): void => {
    // Whoever has set this is told instead of the listeners.
    if (target.hasUncaughtExceptionCaptureCallback() || !take(error, origin, undefined)) return;
    const others = listenersOf(target, name);
    replace(target, name, [() => replace(target, name, others)]);
  };
  target.on('uncaughtExceptionMonitor', monitor);
  return () => target.removeListener('uncaughtExceptionMonitor', monitor);
}

/**
 * No monitor is told of a rejection; where there is no listener it becomes an exception. Nor of an exception that
 * somebody else brings: Jest's jsdom environment emits those that a window reports. So each listener, those to come as
 * well, is stood in for by a function that asks first. Who takes his own off takes that off.
 */
function watchListeners(take: Take, handled: Handled, target: Events): () => void {
  const promises = new WeakMap<object, 'left' | 'taken' | 'handled'>();
  let emitted: { readonly error: unknown; readonly taken: boolean } | undefined;
  const asks: Readonly<Record<string, (...args: unknown[]) => boolean>> = {
    uncaughtException(error, origin) {
      // Node says where it comes from; that one the monitor was told of.
      if (origin !== undefined) return false;
      if (emitted === undefined || emitted.error !== error) {
        emitted = { error, taken: take(error, 'uncaughtException', undefined) };
        // All listeners are called at once.
        queueMicrotask(() => {
          emitted = undefined;
        });
      }
      return emitted.taken;
    },
    unhandledRejection(reason, promise) {
      const key = promise as Promise<unknown>;
      if (!promises.has(key)) {
        promises.set(key, 'left');
        if (take(reason, 'unhandledRejection', key)) promises.set(key, 'taken');
      }
      return promises.get(key) !== 'left';
    },
    rejectionHandled(promise) {
      const key = promise as Promise<unknown>;
      const known = promises.get(key) ?? 'left';
      if (known === 'taken') {
        promises.set(key, 'handled');
        handled(key);
      }
      return known !== 'left';
    },
  };
  const originals = new WeakMap<Listener, Listener>();
  // Each has one stand-in per event, however often it is taken off and added again.
  const standIns = new Map(Object.keys(asks).map(name => [name, new WeakMap<Listener, Listener>()]));
  const standIn = (name: string, original: Listener): Listener => {
    if (originals.has(original)) return original;
    const known = standIns.get(name)!.get(original);
    if (known !== undefined) return known;
    const once = original.listener;
    const listener: Listener = function (...args) {
      if (asks[name]!(...args)) return;
      // It would take itself off, and is not there.
      if (once !== undefined) target.removeListener(name, listener);
      Reflect.apply(once ?? original, this, args);
    };
    listener.listener = once ?? original;
    originals.set(listener, original);
    standIns.get(name)!.set(original, listener);
    return listener;
  };
  // Those that came back at once when we put a stand-in in their place: they are left as they are.
  const restless = new WeakSet<Listener>();
  const isOpen = (each: Listener): boolean => !originals.has(each) && !restless.has(each);
  const standInForAll = (): void => {
    for (const name of Object.keys(asks)) {
      const present = listenersOf(target, name);
      if (!present.some(isOpen)) continue;
      replace(
        target,
        name,
        present.map(each => (isOpen(each) ? standIn(name, each) : each)),
      );
      for (const each of listenersOf(target, name)) if (isOpen(each)) restless.add(each);
    }
  };
  let watching = true;
  const added = (name: string | symbol): void => {
    // It is not there yet. Node tells of rejections after the microtasks.
    if (Object.hasOwn(asks, name)) queueMicrotask(() => watching && standInForAll());
  };
  target.on('newListener', added);
  standInForAll();
  return () => {
    watching = false;
    target.removeListener('newListener', added);
    for (const name of Object.keys(asks)) {
      const present = listenersOf(target, name);
      const next = present.map(each => originals.get(each) ?? each);
      if (next.some((each, index) => each !== present[index])) replace(target, name, next);
    }
  };
}

function listenersOf(target: Events, name: string): Listener[] {
  return target.rawListeners(name) as Listener[];
}

/**
 * No one hears of it: to those who watch for new listeners nothing has changed, and some answer with a change of their
 * own. `node:domain` puts its listener first again each time; to stand in for that one would go on for ever.
 */
function replace(target: Events, name: string, listeners: readonly Listener[]): void {
  quietly(target, () => {
    target.removeAllListeners(name);
    for (const listener of listeners) target.on(name, listener);
  });
}

function quietly(target: Events, change: () => void): void {
  const before = Object.getOwnPropertyDescriptor(target, 'emit');
  Object.defineProperty(target, 'emit', { value: () => false, configurable: true, writable: true });
  try {
    change();
  } finally {
    Reflect.deleteProperty(target, 'emit');
    if (before !== undefined) Object.defineProperty(target, 'emit', before);
  }
}

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
