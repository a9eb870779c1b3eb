import type { Site } from '../errors/site';
import {
  type Body,
  type DeclarationId,
  type FixtureDeclaration,
  Namespace,
} from '../fixtures/declare/declaration';
import type { GivenOptions } from '../fixtures/declare/options';
import { POLICY_NAMES } from '../fixtures/declare/policy-names';
import type { TestType } from '../fixtures/declare/test-type';
import { getOrMake } from '../util/get-or-make';
import { type DescribedDeclaration, type DescribedNamespace, keyOf, plainSite } from './query';

/** A declaration as its file makes it when it is loaded in this realm. */
export type Loaded = Pick<FixtureDeclaration, 'body' | 'options'>;

/** Loads a file in this realm, once, and returns its declarations. */
export type LoadFile = (file: string) => Promise<LoadedFile>;

/** The declarations of a file loaded in this realm. */
export interface LoadedFile {
  find(name: string, nth: number, site: Site): Loaded | undefined;
}

/** The error for a fixture that the file declared for the tests, but not here. */
export type NotFound = (name: string, file: string, site: Site) => Error;

/** A declaration known by its description until it is needed. */
class ReplicaDeclaration implements FixtureDeclaration {
  readonly name: string;
  body: Body;
  readonly options: GivenOptions;
  readonly requested: FixtureDeclaration['requested'];
  readonly site: Site;
  readonly mustOverride: boolean;
  readonly origin: DeclarationId;

  constructor(
    readonly id: number,
    readonly namespace: Namespace,
    readonly testType: TestType | undefined,
    described: DescribedDeclaration,
    load: (declaration: ReplicaDeclaration) => Promise<void>,
  ) {
    const { name, origin, scope, auto, timeout, loopScope, params, value } = described;
    this.name = name;
    this.origin = origin;
    this.requested = described.requested;
    this.mustOverride = described.mustOverride;
    this.site = plainSite(described.site);
    this.options = {
      ...(scope !== undefined && { scope }),
      ...(auto !== undefined && { auto }),
      ...(timeout !== undefined && { timeout }),
      ...(loopScope !== undefined && { loopScope }),
      // Filled in on loading; until then only their number matters.
      ...(params !== undefined && { params: new Array(params) }),
    };
    this.body =
      value === undefined ? { kind: 'unloaded', load: () => load(this) } : { kind: 'value', value: value.is };
  }
}

/**
 * The declarations around the test files of one project, as the tests' realm described them. Each test file may send
 * its description again: what is known already stays.
 */
export class Replica {
  /** Whether any policy fixture is declared. */
  hasPolicyFixtures = false;
  readonly #namespaces = new Map<string, Namespace>();
  readonly #declarations = new Map<string, ReplicaDeclaration>();
  readonly #testTypes = new Map<string, TestType>();
  readonly #lineages = new Map<string, TestType>();
  readonly #keys = new WeakMap<TestType, string>();
  #lastId = 0;

  constructor(
    readonly builtIns: Namespace,
    readonly load: LoadFile,
    readonly notFound: NotFound,
  ) {}

  /** The namespaces for descriptions, outermost first. `news`: a declaration was not known before. */
  add(described: readonly DescribedNamespace[]): { namespaces: Namespace[]; news: boolean } {
    const before = this.#declarations.size;
    const namespaces: Namespace[] = [];
    let parent = this.builtIns;
    let place = '';
    for (const each of described) {
      place = `${place}\0${each.label}`;
      const outer = parent;
      parent = getOrMake(this.#namespaces, place, () => new Namespace(each.kind, outer, each.label));
      namespaces.push(parent);
      for (const declaration of each.declarations) this.#addDeclaration(parent, declaration);
    }
    return { namespaces, news: this.#declarations.size > before };
  }

  /** The declaration of this origin. */
  find(origin: DeclarationId, name: string): FixtureDeclaration | undefined {
    if (origin.follows !== undefined) return this.builtIns.declared.get(name)?.[0];
    return this.#declarations.get(keyOf(origin, name));
  }

  /** The test type that sees what those of these keys see. */
  testType(keys: readonly string[]): TestType {
    return getOrMake(this.#lineages, keys.join('\0'), () => ({
      lineage: keys.map(key => this.#testType(key)),
    }));
  }

  /** The key of such a test type. */
  keyOf(testType: TestType): string | undefined {
    return this.#keys.get(testType);
  }

  #addDeclaration(namespace: Namespace, described: DescribedDeclaration): void {
    const key = keyOf(described.origin, described.name);
    if (this.#declarations.has(key)) return;
    const testType = described.testType === undefined ? undefined : this.#testType(described.testType);
    const declaration = new ReplicaDeclaration(++this.#lastId, namespace, testType, described, each =>
      this.#load(each),
    );
    this.#declarations.set(key, declaration);
    namespace.add(declaration);
    if (POLICY_NAMES.has(described.name)) this.hasPolicyFixtures = true;
  }

  #testType(key: string): TestType {
    return getOrMake(this.#testTypes, key, () => {
      const testType: TestType = { lineage: [] };
      this.#keys.set(testType, key);
      return testType;
    });
  }

  async #load(declaration: ReplicaDeclaration): Promise<void> {
    const { name, origin, options, site } = declaration;
    const file = await this.load(origin.file);
    const found = file.find(name, origin.nth, site);
    if (found === undefined) throw this.notFound(name, origin.file, site);
    const { params } = options as { params?: unknown[] };
    if (params !== undefined) Object.assign(params, found.options.params);
    declaration.body = found.body;
  }
}
