import type * as asyncHooks from 'node:async_hooks';
import { captured } from './capture/captured';
import { methodsOf, pinned } from './capture/pinned';

export type AsyncLocalStorage<T> = asyncHooks.AsyncLocalStorage<T>;
export type AsyncResource = asyncHooks.AsyncResource;

const load = (): typeof asyncHooks => require('node:async_hooks') as typeof asyncHooks;

export const { AsyncLocalStorage, AsyncResource, executionAsyncResource } = captured(
  'async_hooks',
  load,
  'AsyncLocalStorage',
  'AsyncResource',
  'executionAsyncResource',
);
const STORAGE = methodsOf('async_hooks/AsyncLocalStorage', () => AsyncLocalStorage.prototype);
const RESOURCE = methodsOf('async_hooks/AsyncResource', () => AsyncResource.prototype);

/** A storage with Node's own methods, even if its prototype was patched. */
export function ownStorage<T>(): asyncHooks.AsyncLocalStorage<T> {
  return pinned(new AsyncLocalStorage<T>(), STORAGE);
}

/** An async context with Node's own methods. */
export function ownResource(
  type: string,
  options?: asyncHooks.AsyncResourceOptions,
): asyncHooks.AsyncResource {
  return pinned(new AsyncResource(type, options), RESOURCE);
}
