import * as nodeModule from 'node:module';
import * as vm from 'node:vm';
import * as json from '../../../node/json';
import type { Globals } from '../../file/circus';

/*
 * `import { expect } from '@jest/globals'` in an ES module that Node loads itself: there the package throws, and the
 * stand-in among the modules of `require` has no names to import.
 */
const STAND_IN = Symbol.for('jest-loop.jest-globals');
const SPECIFIER = '@jest/globals';

interface Resolved {
  readonly url: string;
  readonly format: 'module';
  readonly shortCircuit: true;
}

interface Context {
  readonly conditions: readonly string[];
}

type Resolve<T> = (
  specifier: string,
  context: Context,
  next: (specifier: string, context: Context) => T,
) => T;

/** Node's hooks. Those of newer versions can be deregistered. */
interface Hooks {
  registerHooks?(hooks: { resolve: Resolve<Resolved> }): { deregister(): void };
  register?(url: string): void;
}

let registered = false;

/** Whether Node has hooks that also apply to ES modules that are required. */
export const hasSyncHooks = (): boolean => (nodeModule as Hooks).registerHooks !== undefined;

/** Lets ES modules import `@jest/globals`. Returns what ends that. */
export function nativeGlobals(globals: Globals): () => void {
  (globalThis as Record<symbol, unknown>)[STAND_IN] ??= globals;
  const resolved: Resolved = { url: moduleOf(Object.keys(globals)), format: 'module', shortCircuit: true };
  const { registerHooks, register } = nodeModule as Hooks;
  if (registerHooks !== undefined) {
    const resolve: Resolve<Resolved> = (specifier, context, next) =>
      // `require` finds its stand-in in the module cache, and cannot load a data URL.
      specifier === SPECIFIER && context.conditions.includes('import') ? resolved : next(specifier, context);
    const hooks = registerHooks({ resolve });
    return () => hooks.deregister();
  }
  // It starts a thread, so only if Jest loads ES modules.
  if (!registered && register !== undefined && 'SourceTextModule' in vm) {
    registered = true;
    register(
      dataUrl(`export const resolve = async (specifier, context, next) =>
        specifier === '${SPECIFIER}' ? ${json.stringify(resolved)} : next(specifier, context);`),
    );
  }
  return () => {};
}

/** An ES module that exports names of the global stand-in. */
function moduleOf(names: readonly string[]): string {
  return dataUrl(
    `export const { ${names.join(', ')} } = globalThis[Symbol.for(${json.stringify(STAND_IN.description)})];`,
  );
}

function dataUrl(source: string): string {
  return `data:text/javascript,${encodeURIComponent(source)}`;
}
