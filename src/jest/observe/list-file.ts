import type { NamedRequester, Site } from '../../errors/site';
import { type FixtureDeclaration, type Namespace, visible } from '../../fixtures/declare/declaration';
import { ALL_TESTS, type TestType } from '../../fixtures/declare/test-type';
import type { Dependency } from '../../fixtures/resolve/resolved';
import type { DeclaredEvent } from '../../observe/events/listed';
import type { Observer } from '../../observe/events/observer';
import type { FilePlan } from '../collect/plan-file';
import type { TestFile } from '../file/test-file';
import type { FileRun } from '../run/state/file-run';
import { requestsOf } from './requests-of';

/** Emits what a file sees, and, where names are given, who requests those. */
export function listFile(
  { testFile, plan }: FileRun,
  observer: Observer,
  names: readonly string[] = [],
): void {
  const namespaces = namespacesOf(testFile, plan);
  for (const namespace of namespaces) {
    // With names, too: the others are suggested for one that is unknown.
    for (const declaration of [...namespace.declared.values()].flat())
      observer.emit(declaredEvent(testFile, declaration));
  }
  if (names.length === 0) return;
  const isWanted = ({ name }: Dependency): boolean => names.includes(name);
  const nearest = (name: string, from: Namespace, testType: TestType): Site | undefined =>
    visible(name, from, testType).next().value?.site;
  for (const { requester, dependencies, from, testType } of requestsOf(testFile, plan, namespaces)) {
    for (const { name, fixture } of dependencies.filter(isWanted)) {
      const site = fixture === undefined ? nearest(name, from, testType) : fixture.declaration.site;
      const { path: byPath, line: byLine } = requester.site;
      observer.emit({
        type: 'asked',
        name,
        ...placeOf(site),
        by: requester.label,
        ...(byPath !== undefined && byLine !== undefined && { byPath, byLine }),
        root: testFile.rootDir,
      });
    }
  }
}

/** All namespaces around and in a file, outermost first. */
function namespacesOf(testFile: TestFile, plan: FilePlan | undefined): Namespace[] {
  const around: Namespace[] = [];
  for (let each: Namespace | undefined = testFile.file; each !== undefined; each = each.parent)
    around.unshift(each);
  const inside = (plan?.describes ?? []).map(block => testFile.namespaceOf(block));
  return [...new Set([...around, ...inside])];
}

function placeOf(site: Site | undefined): { path?: string; line?: number } {
  return site?.path === undefined ? {} : { path: site.path, line: site.line ?? 1 };
}

function declaredEvent(testFile: TestFile, declaration: FixtureDeclaration): DeclaredEvent {
  const { name, namespace, options, requested, site } = declaration;
  const isBuiltIn = namespace.kind === 'builtin';
  const titles: string[] = [];
  for (let each: Namespace | undefined = namespace; each?.kind === 'describe'; each = each.parent)
    titles.unshift(each.label);
  const inFile = namespace.kind === 'file' || namespace.kind === 'describe';
  return {
    type: 'declared',
    name,
    ...inherited(testFile, declaration),
    ...(options.params !== undefined && { params: options.params.length }),
    ...(isBuiltIn ? {} : placeOf(site)),
    kind: namespace.kind as DeclaredEvent['kind'],
    place: inFile ? testFile.testPath : namespace.kind === 'directory' ? namespace.label : testFile.rootDir,
    ...(titles.length > 0 && { titles }),
    requests: requested.map(each => each.name),
    root: testFile.rootDir,
  };
}

/** Its scope and whether it is automatic, as it inherits them where it overrides another one. */
function inherited(
  testFile: TestFile,
  declaration: FixtureDeclaration,
): Pick<DeclaredEvent, 'scope' | 'auto'> {
  const { name, namespace, options, body, site, placed, testType } = declaration;
  if (body.kind === 'built-in' || placed !== undefined) return { scope: 'of its requester', auto: false };
  const requester: NamedRequester = { label: `fixture "${name}"`, site };
  const seenBy = testType ?? ALL_TESTS;
  try {
    // Built-ins declare nothing that could be wrong, and a mistake is reported where the fixture is used.
    const { scope, auto } = testFile.resolver.resolve(declaration, namespace, seenBy, requester);
    return { scope, auto };
  } catch {
    return { scope: options.scope ?? 'test', auto: options.auto === true };
  }
}
