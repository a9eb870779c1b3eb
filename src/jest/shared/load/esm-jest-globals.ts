import * as nodeModule from 'node:module';
import * as vm from 'node:vm';
import * as json from '../../../node/json';
import type { Globals } from '../../file/circus';

/*
 * `import { expect } from '@jest/globals'` in an ES module that Node loads itself: from there the package throws, and
 * what stands for it among the modules of `require` would have no names to import.
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

/** What Nodes have of it: newer ones let go again of what is registered. */
interface Hooks {
  registerHooks?(hooks: { resolve: Resolve<Resolved> }): { deregister(): void };
  register?(url: string): void;
}

let registered = false;

/** Lets ES modules import `@jest/globals`; gives what ends that. */
export function nativeGlobals(globals: Globals): () => void {
  (globalThis as Record<symbol, unknown>)[STAND_IN] ??= globals;
  const resolved: Resolved = { url: moduleOf(Object.keys(globals)), format: 'module', shortCircuit: true };
  const { registerHooks, register } = nodeModule as Hooks;
  if (registerHooks !== undefined) {
    const resolve: Resolve<Resolved> = (specifier, context, next) =>
      // What is required finds its own among the modules, and cannot be found under such a name.
      specifier === SPECIFIER && context.conditions.includes('import') ? resolved : next(specifier, context);
    const hooks = registerHooks({ resolve });
    return () => hooks.deregister();
  }
  // It starts a thread, so only where Jest loads ES modules.
  if (!registered && register !== undefined && 'SourceTextModule' in vm) {
    registered = true;
    register(
      dataUrl(`export const resolve = async (specifier, context, next) =>
        specifier === '${SPECIFIER}' ? ${json.stringify(resolved)} : next(specifier, context);`),
    );
  }
  return () => {};
}

/** It names what it exports: that cannot be told by an object. */
function moduleOf(names: readonly string[]): string {
  return dataUrl(
    `export const { ${names.join(', ')} } = globalThis[Symbol.for(${json.stringify(STAND_IN.description)})];`,
  );
}

function dataUrl(source: string): string {
  return `data:text/javascript,${encodeURIComponent(source)}`;
}
