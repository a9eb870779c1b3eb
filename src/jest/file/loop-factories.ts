import {
  factoryGaveNoLoop,
  factoryIsEsm,
  factoryNotFound,
  invalidFactories,
  unknownBackend,
} from '../../errors/loop/backends';
import type { ErrorFactory } from '../../errors/problem';
import type { Site } from '../../errors/site';
import type { Namespace } from '../../fixtures/declare/declaration';
import type { Loop } from '../../loop';
import { NODE } from '../../loop/backend-of';
import type { BackendChoice } from '../../loop/steps/backend';
import { relative, resolve } from '../../node/path';
import type { SandboxRealm } from './realm';

/** Makes a Loop for the backend that it is named by. */
type LoopFactory = (options: Readonly<Record<string, unknown>>) => unknown;

/** Whether `require` has refused an ES module. */
const isEsm = (error: unknown): boolean =>
  (error as { code?: unknown } | undefined)?.code === 'ERR_REQUIRE_ESM';

/** Where the factories of a file come from. */
export interface FactorySources {
  readonly makeError: ErrorFactory;
  readonly rootDir: string;
  /** The project's option: each a function, or the path of a module whose default export is one. */
  readonly option: Readonly<Record<string, unknown>> | undefined;
  /** Where a backend is given that no declaration chooses. */
  readonly given: string | undefined;
  /** The backends of the package, besides Node's own. */
  readonly builtIn: readonly string[];
  readonly realm: Pick<SandboxRealm, 'load' | 'import'>;
}

/** The project's own backends: each a factory of Loops, by name. The nearest declaration of a name wins. */
export class LoopFactories {
  readonly #exported = new Map<Namespace, ReadonlyMap<string, LoopFactory>>();

  constructor(readonly sources: FactorySources) {}

  /**
   * Takes the export `loopFactories` of the `jest.fixtures` file of a namespace. Throws for bad values. Returns a promise
   * for an ES module, which `require` does not give.
   */
  takeFrom(namespace: Namespace, path: string): Promise<void> | undefined {
    const { realm, rootDir } = this.sources;
    const take = (module: unknown): void => {
      const { loopFactories: given } = Object(module) as { loopFactories?: unknown };
      if (given !== undefined) this.#add(namespace, given, relative(rootDir, path));
    };
    try {
      take(realm.load(path));
      return undefined;
    } catch (error) {
      if (!isEsm(error)) throw error;
      return realm.import(path).then(take);
    }
  }

  #add(namespace: Namespace, given: unknown, file: string): void {
    const { makeError } = this.sources;
    const source = `the export \`loopFactories\` of ${file}`;
    const expected = 'an object with at least one function by name: { name: options => new Loop() }';
    if (
      typeof given !== 'object' ||
      given === null ||
      Array.isArray(given) ||
      Object.keys(given).length === 0
    )
      throw makeError(invalidFactories(source, expected, given));
    const found = new Map<string, LoopFactory>();
    for (const [name, factory] of Object.entries(given)) {
      if (typeof factory !== 'function')
        throw makeError(invalidFactories(`${source}, "${name}"`, 'a function', factory));
      if (name === '' || this.#isBuiltIn(name))
        throw makeError(invalidFactories(source, 'factories with names of their own', name));
      found.set(name, factory as LoopFactory);
    }
    this.#exported.set(namespace, found);
  }

  /** The names of all backends that can be chosen in a namespace: the project's own first. */
  names(from: Namespace): string[] {
    const own: string[] = [];
    for (let each: Namespace | undefined = from; each !== undefined; each = each.parent)
      own.push(...(this.#exported.get(each)?.keys() ?? []));
    own.push(...Object.keys(this.sources.option ?? {}));
    return [...new Set([...own, NODE, ...this.sources.builtIn])];
  }

  /** The factory of a name as seen from a namespace; undefined for a backend of the package. Throws for an unknown one. */
  find(name: string, from: Namespace, site?: Site): LoopFactory | undefined {
    for (let each: Namespace | undefined = from; each !== undefined; each = each.parent) {
      const found = this.#exported.get(each)?.get(name);
      if (found !== undefined) return found;
    }
    const { option, given, makeError } = this.sources;
    if (option !== undefined && Object.hasOwn(option, name)) return this.#loaded(name, option[name]);
    if (this.#isBuiltIn(name)) return undefined;
    const source = (site === undefined ? given : undefined) ?? 'loopBackend';
    throw makeError(unknownBackend(source, name, this.names(from), site));
  }

  /** Calls a factory with the options of the backend. */
  make(factory: LoopFactory, { name, options }: BackendChoice): Loop {
    const loop = factory(options) as Loop | undefined;
    if (typeof loop?.createTask !== 'function' || typeof loop.close !== 'function')
      throw this.sources.makeError(factoryGaveNoLoop(name, loop));
    return loop;
  }

  #isBuiltIn(name: string): boolean {
    return name === NODE || this.sources.builtIn.includes(name);
  }

  #loaded(name: string, given: unknown): LoopFactory {
    if (typeof given === 'function') return given as LoopFactory;
    const { realm, makeError, rootDir } = this.sources;
    const file = resolve(rootDir, String(given).replace(/^<rootDir>[\\/]*/, ''));
    let module: { default?: unknown } | undefined;
    try {
      module = realm.load(file) as typeof module;
    } catch (error) {
      throw isEsm(error) ? makeError(factoryIsEsm(name, file)) : error;
    }
    const factory = typeof module === 'function' ? module : module?.default;
    if (typeof factory !== 'function') throw makeError(factoryNotFound(name, file, factory ?? module));
    return factory as LoopFactory;
  }
}
