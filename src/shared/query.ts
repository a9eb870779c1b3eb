import type { Declared, Site } from '../errors/site';
import type { FixtureDeclaration, Namespace, Origin } from '../fixtures/declare/declaration';
import type { ScopeName } from '../fixtures/declare/scopes';
import { ALL_TESTS, type TestType } from '../fixtures/declare/test-type';
import type { TimeLimit } from '../fixtures/life/policy';
import type { FixtureRun } from '../fixtures/life/run';
import type { ResolvedFixture } from '../fixtures/resolve/resolved';

/*
 * What one realm tells another about fixtures that live there: data that can be sent to another process. The functions
 * themselves cannot; they are loaded there once more.
 */

/** A declaration without what makes the value. */
export interface DescribedDeclaration {
  readonly name: string;
  readonly origin: Origin;
  readonly scope: ScopeName | undefined;
  readonly auto: boolean | undefined;
  readonly timeout: number | undefined;
  readonly loopScope: ScopeName | undefined;
  /** How many values its `params` have. */
  readonly params: number | undefined;
  readonly asks: FixtureDeclaration['asks'];
  /** A plain value that is the same in each realm. */
  readonly value: { readonly is: unknown } | undefined;
  /** The key of the `test.extend` that sees it. */
  readonly testType: string | undefined;
  readonly mustOverride: boolean;
  readonly site: Site;
}

/** A setup file's or directory's declarations, in their order. */
export interface DescribedBlock {
  readonly kind: 'setup' | 'directory';
  readonly label: string;
  readonly declarations: readonly DescribedDeclaration[];
}

/** What a project says about all of its fixtures. */
export interface DescribedProject {
  /** Of Jest's configuration. */
  readonly id: string;
  readonly root: string;
  readonly debug: boolean;
  readonly autouse: boolean;
  readonly fixtureLoopScope: ScopeName | undefined;
  readonly threadPoolSize: number | undefined;
  /** The limit of what has none of its own. */
  readonly limit: TimeLimit;
}

/** A fixture that is asked for. */
export interface SharedQuery {
  readonly project: DescribedProject;
  /** All that is declared around the test file, outermost first. */
  readonly blocks: readonly DescribedBlock[];
  readonly name: string;
  readonly origin: Origin;
  /** The block from where it is seen: its place in `blocks`. */
  readonly seenFrom: number;
  readonly testType: readonly string[];
  /** Which values of parametrised fixtures are wanted. */
  readonly variant: readonly (readonly [key: string, index: number])[];
  readonly parallel: boolean;
  /** A further attempt of a test asks. */
  readonly again: boolean;
  /** Who asks: for messages, and where a failure was first seen. */
  readonly label: string;
  readonly asker: { readonly label: string; readonly site: Site };
}

/** Names the calls of `test.extend` of setup files. */
export type KeyOfAudience = (testType: TestType) => string | undefined;

/** The same text for the same declaration in each realm. */
export function keyOf({ file, nth }: Origin, name: string): string {
  return `${file}\0${name}\0${nth}`;
}

/** A block and those around it, outermost first, but for those of a test file. */
export function describeBlocks(from: Namespace, keyOf: KeyOfAudience): DescribedBlock[] {
  const found: DescribedBlock[] = [];
  for (let block: Namespace | undefined = from; block !== undefined; block = block.parent) {
    if (block.kind !== 'setup' && block.kind !== 'directory') continue;
    const declarations = [...block.declared.values()].flat().sort((a, b) => a.id - b.id);
    found.unshift({
      kind: block.kind,
      label: block.label,
      declarations: declarations.flatMap(each => describeDeclaration(each, keyOf)),
    });
  }
  return found;
}

function describeDeclaration(declaration: FixtureDeclaration, keyOf: KeyOfAudience): DescribedDeclaration[] {
  const { name, origin, options, asks, testType, mustOverride, body } = declaration;
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
      asks: asks.map(({ name, optional }) => ({ name, optional })),
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

/** A place as data. It is read now: nothing of the realm that it is of is kept. */
export function plainSite({ at, path, line, frames }: Site): Site {
  return { at, path, line, frames };
}

/** A fixture as `run` asks for it. */
export function describeQuery(
  fixture: ResolvedFixture,
  run: FixtureRun,
  around: Pick<SharedQuery, 'project' | 'blocks'>,
  keyOfTestType: KeyOfAudience,
): SharedQuery {
  const { runner } = run;
  const { testType = ALL_TESTS } = runner;
  const labels = around.blocks.map(({ label }) => label);
  const variant: [string, number][] = fixture.varying.flatMap(each => {
    const { origin, name } = each.declaration;
    return origin === undefined ? [] : [[keyOf(origin, name), run.variant.get(each.declaration) ?? 0]];
  });
  return {
    ...around,
    name: fixture.name,
    origin: fixture.declaration.origin!,
    seenFrom: Math.max(0, labels.lastIndexOf(fixture.home.label)),
    testType: testType.lineage.flatMap(each => keyOfTestType(each) ?? []),
    variant,
    parallel: runner.parallel,
    again: runner.again === true,
    label: run.label,
    asker: runner.asker,
  };
}

/** The declaration that is asked for, as messages name it. */
export function declarationOf({ blocks, origin, name }: SharedQuery): Declared {
  const key = keyOf(origin, name);
  const all = blocks.flatMap(({ declarations }) => declarations);
  return all.find(each => keyOf(each.origin, each.name) === key)!;
}

/** The same as it can be sent to another process. */
export function sendable(asked: SharedQuery): SharedQuery {
  return {
    ...asked,
    asker: { label: asked.asker.label, site: plainSite(asked.asker.site) },
    blocks: asked.blocks.map(block => ({
      ...block,
      declarations: block.declarations.map(each => ({ ...each, site: plainSite(each.site) })),
    })),
  };
}
