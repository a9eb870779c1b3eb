/** Node's name for the kind of error. */
export type ErrorOrigin = 'uncaughtException' | 'unhandledRejection';

/**
 * Called for each uncaught exception or unhandled rejection, in the async context that started it. Returns true to take
 * it. The promise is unknown if the process has no listener for rejections.
 */
export type Take = (error: unknown, origin: ErrorOrigin, promise: Promise<unknown> | undefined) => boolean;

/** Called when a rejection that was taken is handled after all. */
export type Handled = (promise: Promise<unknown>) => void;

type Listener = ((this: unknown, ...args: unknown[]) => void) & {
  /** The original of a stand-in: `process.removeListener` compares with it too, for `once`. */
  listener?: Listener;
};

/** The part of Node's process that matters here. */
interface Events extends NodeJS.EventEmitter {
  hasUncaughtExceptionCaptureCallback(): boolean;
}

/**
 * Calls `take` before the listeners of the process, and skips them if it returns true. Returns a function that ends
 * this.
 *
 * No listener of ours is among them: circus removes all when a file starts, and only Jest >= 30.5 restores them. And if
 * ours were the only one, Node would no longer end the process, as it must for errors that are not ours.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-circus/src/globalErrorHandlers.ts
 */
export function watchProcess(take: Take, handled: Handled, target: Events = process): () => void {
  const stops = [watchExceptions(take, target), watchListeners(take, handled, target)];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Node calls the monitor first. What it takes is kept from the listeners, which Node calls next. */
function watchExceptions(take: Take, target: Events): () => void {
  const name = 'uncaughtException';
  const monitor = (error: unknown, origin: ErrorOrigin): void => {
    // Node calls the capture callback in place of the listeners.
    if (target.hasUncaughtExceptionCaptureCallback() || !take(error, origin, undefined)) return;
    const others = listenersOf(target, name);
    replace(target, name, [() => replace(target, name, others)]);
  };
  target.on('uncaughtExceptionMonitor', monitor);
  return () => target.removeListener('uncaughtExceptionMonitor', monitor);
}

/**
 * Node calls no monitor for a rejection, which becomes an exception if there is no listener, nor for an exception that
 * other code emits, as Jest's jsdom environment does with a window's errors. So a stand-in replaces each listener, also
 * later ones, and calls `take` first. Removing the listener removes its stand-in.
 */
function watchListeners(take: Take, handled: Handled, target: Events): () => void {
  const promises = new WeakMap<object, 'left' | 'taken' | 'handled'>();
  let emitted: { readonly error: unknown; readonly taken: boolean } | undefined;
  const interceptors: Readonly<Record<string, (...args: unknown[]) => boolean>> = {
    uncaughtException(error, origin) {
      // Node passes an origin, and has called the monitor.
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
  // Each listener has one stand-in per event, however often it is removed and added again.
  const standIns = new Map(Object.keys(interceptors).map(name => [name, new WeakMap<Listener, Listener>()]));
  const standIn = (name: string, original: Listener): Listener => {
    if (originals.has(original)) return original;
    const known = standIns.get(name)!.get(original);
    if (known !== undefined) return known;
    const once = original.listener;
    const listener: Listener = function (...args) {
      if (interceptors[name]!(...args)) return;
      // The original would remove itself, but is not among the listeners.
      if (once !== undefined) target.removeListener(name, listener);
      Reflect.apply(once ?? original, this, args);
    };
    listener.listener = once ?? original;
    originals.set(listener, original);
    standIns.get(name)!.set(original, listener);
    return listener;
  };
  // Listeners that added themselves again as soon as they were replaced: they are left alone.
  const selfRestoring = new WeakSet<Listener>();
  const needsStandIn = (each: Listener): boolean => !originals.has(each) && !selfRestoring.has(each);
  const standInForAll = (): void => {
    for (const name of Object.keys(interceptors)) {
      const present = listenersOf(target, name);
      if (!present.some(needsStandIn)) continue;
      replace(
        target,
        name,
        present.map(each => (needsStandIn(each) ? standIn(name, each) : each)),
      );
      for (const each of listenersOf(target, name)) if (needsStandIn(each)) selfRestoring.add(each);
    }
  };
  let watching = true;
  const added = (name: string | symbol): void => {
    // The listener is not added yet. Node reports rejections after the microtasks.
    if (Object.hasOwn(interceptors, name)) queueMicrotask(() => watching && standInForAll());
  };
  target.on('newListener', added);
  standInForAll();
  return () => {
    watching = false;
    target.removeListener('newListener', added);
    for (const name of Object.keys(interceptors)) {
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
 * Emits no events: for code that watches for new listeners nothing has changed, and it may react with a change of its
 * own. `node:domain` moves its listener to the front each time, so replacing that one would never end.
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
