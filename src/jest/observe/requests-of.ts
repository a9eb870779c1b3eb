import type { NamedRequester } from '../../errors/site';
import type { FixtureDeclaration, Namespace } from '../../fixtures/declare/declaration';
import { ALL_TESTS, type TestType } from '../../fixtures/declare/test-type';
import type { Dependency, ResolvedFixture } from '../../fixtures/resolve/resolved';
import type { FilePlan } from '../collect/plan-file';
import { fullNameOf } from '../file/circus';
import type { TestFile } from '../file/test-file';
import { siteOfError } from '../report/sites';

/** A test, hook or fixture with what it requests. */
export interface Requests {
  readonly requester: NamedRequester;
  readonly dependencies: readonly Dependency[];
  readonly from: Namespace;
  readonly testType: TestType;
}

/** What everything in a file requests: tests, hooks, and the fixtures that the file sees. */
export function* requestsOf(
  testFile: TestFile,
  plan: FilePlan | undefined,
  namespaces: readonly Namespace[],
): Generator<Requests> {
  const used = new Set<FixtureDeclaration>();
  for (const fixture of fixturesIn(plan)) {
    const { declaration, dependencies, livesIn, name } = fixture;
    used.add(declaration);
    yield {
      requester: { label: `fixture "${name}"`, site: declaration.site },
      dependencies,
      from: livesIn,
      testType: ALL_TESTS,
    };
  }
  for (const namespace of namespaces) {
    for (const declaration of [...namespace.declared.values()].flat())
      if (!used.has(declaration)) yield unused(declaration);
  }
  if (plan === undefined) return;
  for (const [entry, { needs, markers }] of plan.tests) {
    const requester: NamedRequester = {
      label: `test "${fullNameOf(entry)}"`,
      site: siteOfError(entry.asyncError, testFile.rootDir),
    };
    const { namespace: from, testType } = needs;
    const marked = (markers.useFixtures ?? []).map((name): Dependency => ({ name, fixture: undefined }));
    yield { requester, dependencies: [...needs.dependencies, ...marked], from, testType };
    for (const [hook, { dependencies }] of needs.hooks)
      yield { requester: plan.requesterOf(hook), dependencies, from, testType };
  }
  for (const { requester, dependencies, namespace, testType } of plan.allHooks.values())
    yield { requester: requester, dependencies, from: namespace, testType };
}

/** What a declaration that nothing here uses would request. */
function unused({ name, site, requested, namespace, testType }: FixtureDeclaration): Requests {
  return {
    requester: { label: `fixture "${name}"`, site },
    dependencies: requested.map((each): Dependency => ({ name: each.name, fixture: undefined })),
    from: namespace,
    testType: testType ?? ALL_TESTS,
  };
}

/** All fixtures that the tests and hooks of a file need. */
function fixturesIn(plan: FilePlan | undefined): Set<ResolvedFixture> {
  const found = new Set<ResolvedFixture>();
  for (const { needs } of plan?.tests.values() ?? []) for (const each of needs.roots) found.add(each);
  for (const { order } of plan?.allHooks.values() ?? []) for (const each of order) found.add(each);
  // It grows while it is walked.
  for (const { dependencies } of found)
    for (const { fixture } of dependencies) if (fixture !== undefined) found.add(fixture);
  return found;
}
