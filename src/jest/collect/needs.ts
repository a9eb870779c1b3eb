import type { Asker } from '../../errors/site';
import { Namespace } from '../../fixtures/declare/declaration';
import type { ScopeName } from '../../fixtures/declare/scopes';
import { ALL_TESTS, type TestType } from '../../fixtures/declare/test-type';
import type { TimeLimit } from '../../fixtures/life/policy';
import { inOrderAhead } from '../../fixtures/resolve/order';
import { type Dependency, REQUEST, type ResolvedFixture } from '../../fixtures/resolve/resolved';
import { type Variant, varyingOf } from '../../fixtures/resolve/variants';
import type { AskedName } from '../../parameters';
import { getOrMake } from '../../util/get-or-make';
import { type DescribeBlock, fullNameOf, type Hook, type TestEntry } from '../file/circus';
import type { Group } from '../file/groups';
import { type Markers, markersOf } from '../file/markers';
import type { Callee, RegisteredTest } from '../file/registered';
import type { TestFile } from '../file/test-file';
import { siteOfError } from '../report/sites';
import { declareOverrides } from './declare';

/** What one hook gets when it runs for a test. */
export interface HookNeed {
  readonly dependencies: readonly Dependency[];
  /** To be up before the hook; also what must not come after it. */
  readonly order: readonly ResolvedFixture[];
}

/** All that tests of the same shape share: what they need, in which order. */
export interface Needs {
  readonly block: Namespace;
  readonly testType: TestType;
  /** Of the function's parameter. */
  readonly passesDeps: boolean;
  readonly dependencies: readonly Dependency[];
  readonly hooks: ReadonlyMap<Hook, HookNeed>;
  /** Up before the first each-hook. */
  readonly autoOrder: readonly ResolvedFixture[];
  /** Up before the body. */
  readonly bodyOrder: readonly ResolvedFixture[];
  /** All that is asked for: auto, then hooks, then the test's own. */
  readonly roots: readonly ResolvedFixture[];
  readonly varying: readonly ResolvedFixture[];
  /** The test or a hook that runs for it uses something of ours: what is `auto` does not count. */
  readonly uses: boolean;
  /** Each-hooks run for these tests, so teardown has to wait for the last of them. */
  readonly hooked: boolean;
}

/**
 * Whether tests have fixtures. These stay up until Jest has told the environment how the body ended, and until the
 * hooks have run: they go down in a hook that we add, those of concurrent tests, for which no hook runs, when Jest
 * says that the test is done.
 */
export function hasFixtures({ roots, passesDeps }: Needs): boolean {
  return roots.length > 0 || passesDeps;
}

const NOTHING: Omit<Needs, 'block' | 'hooked'> = {
  testType: ALL_TESTS,
  passesDeps: false,
  dependencies: [],
  hooks: new Map(),
  autoOrder: [],
  bodyOrder: [],
  roots: [],
  varying: [],
  uses: false,
};

/** One test as it is going to run. */
export interface TestPlan {
  readonly needs: Needs;
  readonly variant: Variant;
  /** Among tests that run with the same value of a parametrised fixture. */
  group: Group | undefined;
  readonly callee: Callee;
  readonly parallel: boolean;
  readonly tags: readonly string[];
  /** The test's own limit, where it has one. */
  readonly limit: TimeLimit | undefined;
  readonly markers: Markers;
  /** It, a hook or a fixture of it names a Loop, or what needs one. */
  readonly wantsLoop: boolean;
}

/** The each-hooks of a test, in the order in which they run. */
export function eachHooksOf(entry: TestEntry): Hook[] {
  if (entry.concurrent) return [];
  const before: Hook[] = [];
  const after: Hook[] = [];
  for (let block: DescribeBlock | undefined = entry.parent; block !== undefined; block = block.parent) {
    before.unshift(...block.hooks.filter(({ type }) => type === 'beforeEach'));
    after.push(...block.hooks.filter(({ type }) => type === 'afterEach'));
  }
  return [...before, ...after];
}

/** Works out what tests need. Tests that ask for the same in the same block share the result. */
export class Planner {
  readonly #shared = new Map<Namespace, Map<string, Needs>>();
  readonly #audienceIds = new Map<TestType, number>();

  constructor(readonly testFile: TestFile) {}

  /** Throws where a name means nothing, a scope does not fit … */
  needsOf(entry: TestEntry, meta: RegisteredTest | undefined): Needs {
    const { testFile } = this;
    const describe = testFile.blockOf(entry.parent);
    const asker: Asker = {
      label: `test "${fullNameOf(entry)}"`,
      site: siteOfError(entry.asyncError, testFile.rootDir),
    };
    if (meta?.options.overrides !== undefined) {
      const block = new Namespace('test', describe, entry.name);
      declareOverrides(testFile, block, meta.options.overrides, asker.site);
      return this.#work(entry, meta, block, asker);
    }
    const testType = meta?.testType ?? ALL_TESTS;
    // Nothing that is asked for is not the same as nothing to ask for it with.
    const asks = meta?.asks?.map(({ name, optional }) => (optional ? `${name}?` : name)).join() ?? '-';
    const key = `${this.#idOf(testType)}|${entry.concurrent}|${meta?.markers.useFixtures?.join() ?? ''}|${meta?.lenient ?? false}|${asks}`;
    const shared = getOrMake(this.#shared, describe, () => new Map<string, Needs>());
    return getOrMake(shared, key, () => this.#work(entry, meta, describe, asker));
  }

  /** The names that a function asks for; undefined where its parameter is no matter of ours. */
  asked(
    { asks, lenient }: Pick<RegisteredTest, 'asks' | 'lenient'>,
    block: Namespace,
    testType: TestType,
  ): readonly AskedName[] | undefined {
    if (asks === undefined || !lenient) return asks;
    const { resolver } = this.testFile;
    const declared = asks.filter(({ name }) => resolver.isDeclared(name, block, testType));
    return declared.length > 0 ? declared : undefined;
  }

  /** What names mean for one who stands in `block`. */
  dependenciesOf(
    asks: readonly AskedName[],
    block: Namespace,
    testType: TestType,
    asker: Asker,
    scope: ScopeName = 'test',
  ): Dependency[] {
    const { resolver } = this.testFile;
    const found: Dependency[] = [];
    for (const { name, optional } of asks) {
      if (name === REQUEST) found.push({ name, fixture: undefined });
      else if (!optional || resolver.knows(name, block, testType)) {
        found.push(resolver.depend(name, block, testType, asker, scope));
      }
    }
    return found;
  }

  #work(entry: TestEntry, meta: RegisteredTest | undefined, block: Namespace, asker: Asker): Needs {
    const { testFile } = this;
    const { resolver } = testFile;
    const testType = meta?.testType ?? ALL_TESTS;
    if (block.kind === 'test') {
      for (const declaration of [...block.declared.values()].flat()) {
        const problem = resolver.refuseOverride(declaration, block, testType);
        if (problem !== undefined) throw testFile.makeError(problem);
      }
    }
    const implicit = testFile.hasImplicit ? resolver.implicit(block, testType, asker) : [];
    const autos = [...implicit, ...(testFile.hasAuto ? resolver.autos(block, testType, asker) : [])];
    const used = (markersOf(testFile, block, meta?.markers).useFixtures ?? []).map(name => ({
      name,
      optional: false,
    }));
    const asked = meta && this.asked(meta, block, testType);
    const passesDeps = asked !== undefined;
    const own = this.dependenciesOf([...used, ...(asked ?? [])], block, testType, asker);
    const before: ResolvedFixture[] = [];
    const after: ResolvedFixture[] = [];
    const asking = new Map<Hook, Dependency[]>();
    const eachHooks = eachHooksOf(entry).filter(hook => !testFile.foreignHooks.has(hook));
    for (const hook of eachHooks) {
      const hookMeta = testFile.hooks.get(hook);
      if (hookMeta === undefined || hookMeta.problem !== undefined) continue;
      const hookTestType = testFile.testTypes.merge(testType, hookMeta.testType);
      const askedByHook = this.asked(hookMeta, block, hookTestType);
      if (askedByHook === undefined) continue;
      const dependencies = this.dependenciesOf(askedByHook, block, hookTestType, this.askerOf(hook));
      asking.set(hook, dependencies);
      (hook.type === 'beforeEach' ? before : after).push(...fixturesOf(dependencies));
    }
    const ownFixtures = fixturesOf(own);
    const roots = [...autos, ...before, ...ownFixtures, ...after];
    const hooks = new Map<Hook, HookNeed>();
    for (const [hook, dependencies] of asking) {
      hooks.set(hook, { dependencies, order: inOrderAhead([...autos, ...fixturesOf(dependencies)], roots) });
    }
    return {
      block,
      testType,
      passesDeps,
      dependencies: own.slice(used.length),
      hooks,
      autoOrder: inOrderAhead(autos, roots),
      bodyOrder: inOrderAhead([...autos, ...ownFixtures], after),
      roots,
      varying: varyingOf(roots),
      uses: passesDeps || own.length > 0 || asking.size > 0,
      hooked: eachHooks.length > 0,
    };
  }

  /** What a test needs that asks for nothing; undefined where something is set up for it nevertheless. */
  bare(entry: TestEntry): Needs {
    const block = this.testFile.blockOf(entry.parent);
    const hooked = eachHooksOf(entry).some(hook => !this.testFile.foreignHooks.has(hook));
    return { ...NOTHING, block, hooked };
  }

  /** How a hook is named in messages. */
  askerOf(hook: Hook): Asker {
    return { label: `${hook.type} hook`, site: siteOfError(hook.asyncError, this.testFile.rootDir) };
  }

  #idOf(testType: TestType): number {
    return getOrMake(this.#audienceIds, testType, () => this.#audienceIds.size + 1);
  }
}

/** The fixtures among dependencies. */
export function fixturesOf(dependencies: readonly Dependency[]): ResolvedFixture[] {
  return dependencies.flatMap(({ fixture }) => (fixture === undefined ? [] : [fixture]));
}
