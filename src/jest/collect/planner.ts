import type { NamedRequester, Site } from '../../errors/site';
import { backendOfWideLoop } from '../../errors/tests/markers';
import { Namespace } from '../../fixtures/declare/declaration';
import { LOOP_BACKEND } from '../../fixtures/declare/loop-names';
import type { ScopeName } from '../../fixtures/declare/scopes';
import { ALL_TESTS, type TestType } from '../../fixtures/declare/test-type';
import { inOrderAhead } from '../../fixtures/resolve/order';
import { type Dependency, REQUEST, type ResolvedFixture } from '../../fixtures/resolve/resolved';
import { varyingOf } from '../../fixtures/resolve/variants';
import { type AnyFunction, isSynchronous, type RequestedName } from '../../parameters';
import { getOrMake } from '../../util/get-or-make';
import { eachHooksOf, fullNameOf, type Hook, type TestEntry } from '../file/circus';
import { type GivenBackends, type Markers, markersOf } from '../file/markers';
import type { RegisteredTest } from '../file/registered';
import type { TestFile } from '../file/test-file';
import { siteOfError } from '../report/sites';
import { declareBackends, declareOverrides } from './declare';
import { fixturesOf, type HookNeeds, type Needs } from './plan';
import { usesLoop, variesNoBackend } from './uses-loop';

const NOTHING: Omit<Needs, 'namespace' | 'hooked'> = {
  testType: ALL_TESTS,
  passesDeps: false,
  dependencies: [],
  hooks: new Map(),
  autoOrder: [],
  bodyOrder: [],
  roots: [],
  autos: 0,
  varying: [],
  uses: false,
};

/** The backends that a test names itself. */
function backendsOf(registered: RegisteredTest | undefined, site: Site): GivenBackends | undefined {
  const choices = registered?.options.loopFactories;
  return choices === undefined ? registered?.markers.backend : { choices, site, mayBeMissing: true };
}

/** Works out what tests need. Tests in one namespace that request the same share the result. */
export class Planner {
  readonly #shared = new Map<Namespace, Map<string, Needs>>();
  readonly #testTypeIds = new Map<TestType, number>();

  constructor(readonly testFile: TestFile) {}

  /** Throws for a name that is not declared, a scope that does not fit … */
  needsOf(entry: TestEntry, registered: RegisteredTest | undefined): Needs {
    const { testFile } = this;
    const namespace = testFile.namespaceOf(entry.parent);
    const requester: NamedRequester = {
      label: `test "${fullNameOf(entry)}"`,
      site: siteOfError(entry.asyncError, testFile.rootDir),
    };
    const { overrides = {} } = registered?.options ?? {};
    const backend = backendsOf(registered, requester.site);
    if (registered !== undefined && (registered.options.overrides !== undefined || backend !== undefined)) {
      const testNamespace = new Namespace('test', namespace, entry.name);
      declareOverrides(testFile, testNamespace, overrides, requester.site);
      if (backend !== undefined) {
        const { loopScope = testFile.options.loopScope ?? 'test' } = markersOf(
          testFile,
          namespace,
          registered.markers,
        );
        if (loopScope !== 'test') throw testFile.makeError(backendOfWideLoop(requester, loopScope));
        declareBackends(testFile, testNamespace, backend);
      }
      return this.#work(entry, registered, testNamespace, requester);
    }
    const shared = getOrMake(this.#shared, namespace, () => new Map<string, Needs>());
    return getOrMake(shared, this.#keyOf(entry, registered), () =>
      this.#work(entry, registered, namespace, requester),
    );
  }

  /** The needs of a test that requests nothing, with no automatic fixtures. */
  bare(entry: TestEntry): Needs {
    const namespace = this.testFile.namespaceOf(entry.parent);
    const hooked = eachHooksOf(entry).some(hook => !this.testFile.foreignHooks.has(hook));
    return { ...NOTHING, namespace, hooked };
  }

  /** The names that a function requests; undefined if its parameter is not for fixtures. */
  requestedBy(
    { requested, lenient }: Pick<RegisteredTest, 'requested' | 'lenient'>,
    namespace: Namespace,
    testType: TestType,
  ): readonly RequestedName[] | undefined {
    if (requested === undefined || !lenient) return requested;
    const { resolver } = this.testFile;
    const declared = requested.filter(({ name }) => resolver.isDeclared(name, namespace, testType));
    return declared.length > 0 ? declared : undefined;
  }

  /** Resolves names as seen from a namespace. */
  dependenciesOf(
    requested: readonly RequestedName[],
    namespace: Namespace,
    testType: TestType,
    requester: NamedRequester,
    scope: ScopeName = 'test',
  ): Dependency[] {
    const { resolver } = this.testFile;
    const found: Dependency[] = [];
    for (const { name, optional } of requested) {
      if (name === REQUEST) found.push({ name, fixture: undefined });
      else if (!optional || resolver.knows(name, namespace, testType)) {
        found.push(resolver.depend(name, namespace, testType, requester, scope));
      }
    }
    return found;
  }

  /** A hook as messages name it. */
  requesterOf(hook: Hook): NamedRequester {
    return { label: `${hook.type} hook`, site: siteOfError(hook.asyncError, this.testFile.rootDir) };
  }

  /** What distinguishes the needs of tests in one namespace. */
  #keyOf(entry: TestEntry, registered: RegisteredTest | undefined): string {
    const { concurrent } = entry;
    const testType = registered?.testType ?? ALL_TESTS;
    // `({}) =>` is not the same as `() =>`: it is passed an object.
    const requested =
      registered?.requested?.map(({ name, optional }) => (optional ? `${name}?` : name)).join() ?? '-';
    const useFixtures = registered?.markers.useFixtures?.join() ?? '';
    const idle = this.testFile.hasBackends && this.#isIdle(entry, registered);
    return `${this.#idOf(testType)}|${concurrent}|${idle}|${useFixtures}|${registered?.lenient ?? false}|${requested}`;
  }

  #work(
    entry: TestEntry,
    registered: RegisteredTest | undefined,
    namespace: Namespace,
    requester: NamedRequester,
  ): Needs {
    const { testFile } = this;
    const { resolver } = testFile;
    const testType = registered?.testType ?? ALL_TESTS;
    if (namespace.kind === 'test') this.#checkOverrides(namespace, testType);
    const policies = testFile.hasPolicyFixtures
      ? resolver.policyFixtures(namespace, testType, requester)
      : [];
    const used = this.#used(
      markersOf(testFile, namespace, registered?.markers),
      namespace,
      testType,
      requester,
    );
    const requested = registered && this.requestedBy(registered, namespace, testType);
    const passesDeps = requested !== undefined;
    const own = [...used, ...this.dependenciesOf(requested ?? [], namespace, testType, requester)];
    const ownFixtures = fixturesOf(own);
    const eachHooks = eachHooksOf(entry).filter(hook => !testFile.foreignHooks.has(hook));
    const requestedByHooks = this.#requestedByHooks(eachHooks, namespace, testType);
    const fixturesOfHooks = (type: Hook['type']): ResolvedFixture[] =>
      [...requestedByHooks].flatMap(([hook, found]) => (hook.type === type ? fixturesOf(found) : []));
    const declared = testFile.hasAuto ? resolver.autos(namespace, testType, requester) : [];
    const hookDependencies = [...requestedByHooks.values()].flat();
    const idle =
      // A test that names backends itself requests them.
      !(namespace.kind === 'test' && namespace.declared.has(LOOP_BACKEND)) &&
      this.#isIdle(entry, registered) &&
      !usesLoop(
        [...own, ...hookDependencies],
        [...declared, ...fixturesOf(own), ...fixturesOf(hookDependencies)],
      );
    const autos = [...(idle ? policies.filter(variesNoBackend) : policies), ...declared];
    const after = fixturesOfHooks('afterEach');
    const roots = [...autos, ...fixturesOfHooks('beforeEach'), ...ownFixtures, ...after];
    const hooks = new Map<Hook, HookNeeds>();
    for (const [hook, dependencies] of requestedByHooks) {
      hooks.set(hook, { dependencies, order: inOrderAhead([...autos, ...fixturesOf(dependencies)], roots) });
    }
    return {
      namespace,
      testType,
      passesDeps,
      dependencies: own.slice(used.length),
      hooks,
      autoOrder: inOrderAhead(autos, roots),
      bodyOrder: inOrderAhead([...autos, ...ownFixtures], after),
      roots,
      autos: autos.length,
      varying: varyingOf(roots),
      uses: passesDeps || own.length > 0 || requestedByHooks.size > 0,
      hooked: eachHooks.length > 0,
    };
  }

  /** The fixtures of `useFixtures`, each requested where its name stands. */
  #used(
    { useFixtures = [], usedBy = [] }: Markers,
    namespace: Namespace,
    testType: TestType,
    requester: NamedRequester,
  ): Dependency[] {
    return useFixtures.flatMap(name => {
      const by = usedBy.find(({ names }) => names.includes(name));
      return this.dependenciesOf([{ name, optional: false }], namespace, testType, { ...requester, by });
    });
  }

  /** Whether a test and its each-hooks run no code in a Loop, as far as their source shows. */
  #isIdle(entry: TestEntry, registered: RegisteredTest | undefined): boolean {
    if (!this.testFile.hasBackends) return false;
    const { fn, takesDone } = registered?.callee ?? { fn: entry.fn, takesDone: (entry.fn?.length ?? 0) > 0 };
    const hooks = eachHooksOf(entry).filter(hook => !this.testFile.foreignHooks.has(hook));
    return (
      !takesDone && [fn, ...hooks.map(hook => hook.fn)].every(each => isSynchronous(each as AnyFunction))
    );
  }

  /** A test's `overrides` must have something to override. */
  #checkOverrides(namespace: Namespace, testType: TestType): void {
    for (const declaration of [...namespace.declared.values()].flat()) {
      const problem = this.testFile.resolver.refuseOverride(declaration, namespace, testType);
      if (problem !== undefined) throw this.testFile.makeError(problem);
    }
  }

  /** The hooks that request fixtures, and which. One with a mistake throws when it runs. */
  #requestedByHooks(
    hooks: readonly Hook[],
    namespace: Namespace,
    testType: TestType,
  ): Map<Hook, Dependency[]> {
    const { testFile } = this;
    const found = new Map<Hook, Dependency[]>();
    for (const hook of hooks) {
      const registered = testFile.hooks.get(hook);
      if (registered === undefined || registered.problem !== undefined) continue;
      const hookTestType = testFile.testTypes.merge(testType, registered.testType);
      const requested = this.requestedBy(registered, namespace, hookTestType);
      if (requested === undefined) continue;
      found.set(hook, this.dependenciesOf(requested, namespace, hookTestType, this.requesterOf(hook)));
    }
    return found;
  }

  #idOf(testType: TestType): number {
    return getOrMake(this.#testTypeIds, testType, () => this.#testTypeIds.size + 1);
  }
}
