import type { FixtureDeclaration, Namespace } from '../../fixtures/declare/declaration';
import { outlivesFile } from '../../fixtures/declare/scopes';
import type { ResolvedFixture } from '../../fixtures/resolve/resolved';
import { variesWith } from '../../fixtures/resolve/variants';
import { getOrMake } from '../../util/get-or-make';
import type { AllHookPlan, ValueUses } from './plan';

/** A parametrised fixture by whose values the tests of a namespace are grouped. */
export interface Axis {
  readonly declaration: FixtureDeclaration;
  readonly scope: ResolvedFixture['scope'];
  /** Where it lives; for a declaration that lives in nested namespaces, the outermost. */
  readonly livesIn: Namespace;
}

/** The parametrised fixtures among `roots` and their dependencies that outlive a test, each once. */
export function groupedFixtures(roots: readonly ResolvedFixture[]): ResolvedFixture[] {
  const found = new Set<ResolvedFixture>();
  for (const { varying } of roots) {
    for (const fixture of varying) {
      if (fixture.scope !== 'test' && fixture.params!.length > 1) found.add(fixture);
    }
  }
  return [...found];
}

/** The axes of a file, in the order in which tests request the fixtures. */
export function axesOf(uses: ValueUses, allHooks: Iterable<AllHookPlan>): Axis[] {
  const hooks = [...allHooks];
  const hooked = new Map<FixtureDeclaration, Namespace[]>();
  const found = new Map<FixtureDeclaration, Map<Namespace, ResolvedFixture>>();
  for (const { grouping } of uses.values()) {
    for (const fixture of grouping) {
      const { declaration } = fixture;
      const known = getOrMake(found, declaration, () => new Map<Namespace, ResolvedFixture>());
      if (!outlivesFile(fixture.scope)) known.set(fixture.livesIn, fixture);
      // All values of a shared fixture may be up at once; only what hooks prepare depends on the current one.
      else
        for (const namespace of getOrMake(hooked, declaration, () => hookedBy(declaration, hooks)))
          known.set(namespace, fixture);
    }
  }
  return [...found].flatMap(([declaration, known]) =>
    [...known].flatMap(([livesIn, { scope }]) => {
      const nested = [...known.keys()].some(other => other !== livesIn && other.contains(livesIn));
      return nested ? [] : [{ declaration, scope, livesIn }];
    }),
  );
}

/** The namespaces whose beforeAll or afterAll hooks need a value of a fixture. */
function hookedBy(declaration: FixtureDeclaration, hooks: readonly AllHookPlan[]): Namespace[] {
  return hooks
    .filter(({ order }) => order.some(fixture => variesWith(fixture, declaration)))
    .map(({ namespace }) => namespace);
}
