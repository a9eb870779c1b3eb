import type { Declared, Site } from '../errors/site';
import type { DeclarationId, FixtureDeclaration, Namespace } from '../fixtures/declare/declaration';
import type { ScopeName } from '../fixtures/declare/scopes';
import { ALL_TESTS, type TestType } from '../fixtures/declare/test-type';
import type { FixtureRun, Instance } from '../fixtures/life/interfaces/life';
import type { TimeLimit } from '../timeouts/time-limit';
import { type ObservedQuery, observedQuery } from './observe';

/*
 * How one realm describes fixtures that live in another: data that can be sent to another process. Functions cannot, so
 * their files are loaded there a second time.
 */

/** A declaration without the function that makes the value. */
export interface DescribedDeclaration {
  readonly name: string;
  readonly origin: DeclarationId;
  readonly scope: ScopeName | undefined;
  readonly auto: boolean | undefined;
  readonly timeout: number | undefined;
  readonly loopScope: ScopeName | undefined;
  /** How many values its `params` have. */
  readonly params: number | undefined;
  readonly requested: FixtureDeclaration['requested'];
  /** A plain value that is the same in each realm. */
  readonly value: { readonly is: unknown } | undefined;
  /** The key of the test type that sees it. */
  readonly testType: string | undefined;
  readonly mustOverride: boolean;
  readonly site: Site;
}

/** A setup file's or directory's declarations, in their order. */
export interface DescribedNamespace {
  readonly kind: 'setup' | 'directory';
  readonly label: string;
  readonly declarations: readonly DescribedDeclaration[];
}

/** The options of a project that concern all its fixtures. */
export interface DescribedProject {
  /** From Jest's configuration. */
  readonly id: string;
  readonly root: string;
  readonly debug: boolean;
  readonly autouse: boolean;
  readonly fixtureLoopScope: ScopeName | undefined;
  readonly threadPoolSize: number | undefined;
  /** The time limit without an option or a default timeout. */
  readonly limit: TimeLimit;
}

/** A request for a shared fixture. */
export interface SharedQuery {
  readonly project: DescribedProject;
  /** All that is declared around the test file, outermost first. */
  readonly namespaces: readonly DescribedNamespace[];
  readonly name: string;
  readonly origin: DeclarationId;
  /** The namespace from which it is seen: an index into `namespaces`. */
  readonly seenFrom: number;
  readonly testType: readonly string[];
  /** The values of parametrised fixtures. */
  readonly variant: readonly (readonly [key: string, index: number])[];
  readonly parallel: boolean;
  /** The requester is a further attempt of a test. */
  readonly again: boolean;
  /** Where a failure was first seen: the test's full name. */
  readonly label: string;
  readonly requester: { readonly label: string; readonly site: Site };
  /** The request in the stream of events; undefined without a listener. */
  readonly observed: ObservedQuery | undefined;
}

/** Names the test types that setup files make with `test.extend`. */
export type KeyOfTestType = (testType: TestType) => string | undefined;

/** The same text for the same declaration in every realm. */
export function keyOf({ file, nth }: DeclarationId, name: string): string {
  return `${file}\0${name}\0${nth}`;
}

/** A namespace and those around it, outermost first, without those of a test file. */
export function describeNamespaces(from: Namespace, keyOf: KeyOfTestType): DescribedNamespace[] {
  const found: DescribedNamespace[] = [];
  for (let each: Namespace | undefined = from; each !== undefined; each = each.parent) {
    if (each.kind !== 'setup' && each.kind !== 'directory') continue;
    const declarations = [...each.declared.values()].flat().sort((a, b) => a.id - b.id);
    found.unshift({
      kind: each.kind,
      label: each.label,
      declarations: declarations.flatMap(declaration => describeDeclaration(declaration, keyOf)),
    });
  }
  return found;
}

function describeDeclaration(declaration: FixtureDeclaration, keyOf: KeyOfTestType): DescribedDeclaration[] {
  const { name, origin, options, requested, testType, mustOverride, body } = declaration;
  if (origin === undefined) return [];
  return [
    {
      name,
      origin,
      scope: options.scope,
      auto: options.auto,
      timeout: options.timeout,
      loopScope: options.loopScope,
      params: options.params?.length,
      requested: requested.map(({ name, optional }) => ({ name, optional })),
      value: body.kind === 'value' && isPrimitive(body.value) ? { is: body.value } : undefined,
      testType: testType === undefined ? undefined : (keyOf(testType) ?? ''),
      mustOverride,
      site: declaration.site,
    },
  ];
}

function isPrimitive(value: unknown): boolean {
  return Object(value) !== value && typeof value !== 'symbol';
}

/** A place as data. It is read now, so nothing of its realm is kept. */
export function plainSite({ at, path, line, frames }: Site): Site {
  return { at, path, line, frames };
}

/** Describes the fixture of an instance as `run` requests it. */
export function describeQuery(
  instance: Instance,
  run: FixtureRun,
  around: Pick<SharedQuery, 'project' | 'namespaces'>,
  keyOfTestType: KeyOfTestType,
): SharedQuery {
  const { fixture } = instance;
  const { requester } = run;
  const { testType = ALL_TESTS } = requester;
  const labels = around.namespaces.map(({ label }) => label);
  const variant: [string, number][] = fixture.varying.flatMap(each => {
    const { origin, name } = each.declaration;
    return origin === undefined ? [] : [[keyOf(origin, name), run.variant.get(each.declaration) ?? 0]];
  });
  return {
    ...around,
    name: fixture.name,
    origin: fixture.declaration.origin!,
    seenFrom: Math.max(0, labels.lastIndexOf(fixture.livesIn.label)),
    testType: testType.lineage.flatMap(each => keyOfTestType(each) ?? []),
    variant,
    parallel: requester.parallel,
    again: requester.again === true,
    label: run.label,
    requester: requester.named,
    observed: observedQuery(instance, run),
  };
}

/** The requested declaration, as messages name it. */
export function declarationOf({ namespaces, origin, name }: SharedQuery): Declared {
  const key = keyOf(origin, origin.follows ?? name);
  const all = namespaces.flatMap(({ declarations }) => declarations);
  return all.find(each => keyOf(each.origin, each.name) === key)!;
}

/** The same, ready to be sent to another process. */
export function sendable(query: SharedQuery): SharedQuery {
  return {
    ...query,
    requester: { label: query.requester.label, site: plainSite(query.requester.site) },
    namespaces: query.namespaces.map(namespace => ({
      ...namespace,
      declarations: namespace.declarations.map(each => ({ ...each, site: plainSite(each.site) })),
    })),
  };
}
