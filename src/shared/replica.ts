import type { Site } from '../errors/site';
import { type Body, type FixtureDeclaration, Namespace, type Origin } from '../fixtures/declare/declaration';
import type { GivenOptions } from '../fixtures/declare/options';
import { POLICY_NAMES } from '../fixtures/declare/policy-names';
import type { TestType } from '../fixtures/declare/test-type';
import { getOrMake } from '../util/get-or-make';
import { type DescribedBlock, type DescribedDeclaration, keyOf, plainSite } from './query';

/** A declaration as its file makes it when it is loaded in this realm. */
export type Loaded = Pick<FixtureDeclaration, 'body' | 'options'>;

/** Loads a file once in this realm, and gives what it declares. */
export type LoadFile = (file: string) => Promise<LoadedFile>;

/** What a file declares when it is loaded in this realm. */
export interface LoadedFile {
  find(name: string, nth: number, site: Site): Loaded | undefined;
}

/** Where a fixture is not found that the file declared when the tests loaded it. */
export type NotFound = (name: string, file: string, site: Site) => Error;

/** A declaration that is known by its description, until somebody needs it. */
class MirroredDeclaration implements FixtureDeclaration {
  readonly name: string;
  body: Body;
  readonly options: GivenOptions;
  readonly asks: FixtureDeclaration['asks'];
  readonly site: Site;
  readonly mustOverride: boolean;
  readonly origin: Origin;

  constructor(
    readonly id: number,
    readonly block: Namespace,
    readonly testType: TestType | undefined,
    described: DescribedDeclaration,
    load: (declaration: MirroredDeclaration) => Promise<void>,
  ) {
    const { name, origin, scope, auto, timeout, loopScope, params, value } = described;
    this.name = name;
    this.origin = origin;
    this.asks = described.asks;
    this.mustOverride = described.mustOverride;
    this.site = plainSite(described.site);
    this.options = {
      ...(scope !== undefined && { scope }),
      ...(auto !== undefined && { auto }),
      ...(timeout !== undefined && { timeout }),
      ...(loopScope !== undefined && { loopScope }),
      // Filled in when it is loaded: until then only their number matters.
      ...(params !== undefined && { params: new Array(params) }),
    };
    this.body =
      value === undefined ? { kind: 'unloaded', load: () => load(this) } : { kind: 'value', value: value.is };
  }
}

/**
 * The declarations around the test files of one project, as the tests' realm has described them. A description may
 * come again with each test file: what is known already stays.
 */
export class Replica {
  /** One of the names is declared that the package itself asks for. */
  hasImplicit = false;
  readonly #blocks = new Map<string, Namespace>();
  readonly #declarations = new Map<string, MirroredDeclaration>();
  readonly #audiences = new Map<string, TestType>();
  readonly #lineages = new Map<string, TestType>();
  readonly #keys = new WeakMap<TestType, string>();
  #lastId = 0;

  constructor(
    readonly builtIns: Namespace,
    readonly load: LoadFile,
    readonly notFound: NotFound,
  ) {}

  /** The blocks for descriptions, outermost first. Says whether anything in them is news. */
  add(described: readonly DescribedBlock[]): { blocks: Namespace[]; news: boolean } {
    const before = this.#declarations.size;
    const blocks: Namespace[] = [];
    let parent = this.builtIns;
    let place = '';
    for (const each of described) {
      place = `${place}\0${each.label}`;
      const outer = parent;
      parent = getOrMake(this.#blocks, place, () => new Namespace(each.kind, outer, each.label));
      blocks.push(parent);
      for (const declaration of each.declarations) this.#addDeclaration(parent, declaration);
    }
    return { blocks, news: this.#declarations.size > before };
  }

  /** The declaration that is meant. */
  find(origin: Origin, name: string): FixtureDeclaration | undefined {
    return this.#declarations.get(keyOf(origin, name));
  }

  /** The audience that sees what those of these keys see. */
  testType(keys: readonly string[]): TestType {
    return getOrMake(this.#lineages, keys.join('\0'), () => ({
      lineage: keys.map(key => this.#audience(key)),
    }));
  }

  /** The key of one of these audiences. */
  keyOf(testType: TestType): string | undefined {
    return this.#keys.get(testType);
  }

  #addDeclaration(block: Namespace, described: DescribedDeclaration): void {
    const key = keyOf(described.origin, described.name);
    if (this.#declarations.has(key)) return;
    const testType = described.testType === undefined ? undefined : this.#audience(described.testType);
    const declaration = new MirroredDeclaration(++this.#lastId, block, testType, described, each =>
      this.#load(each),
    );
    this.#declarations.set(key, declaration);
    block.add(declaration);
    if (POLICY_NAMES.has(described.name)) this.hasImplicit = true;
  }

  #audience(key: string): TestType {
    return getOrMake(this.#audiences, key, () => {
      const testType: TestType = { lineage: [] };
      this.#keys.set(testType, key);
      return testType;
    });
  }

  async #load(declaration: MirroredDeclaration): Promise<void> {
    const { name, origin, options, site } = declaration;
    const file = await this.load(origin.file);
    const found = file.find(name, origin.nth, site);
    if (found === undefined) throw this.notFound(name, origin.file, site);
    const { params } = options as { params?: unknown[] };
    if (params !== undefined) Object.assign(params, found.options.params);
    declaration.body = found.body;
  }
}
