import type { FixtureDeclaration, Namespace } from '../../fixtures/declare/declaration';
import type { ResolvedFixture } from '../../fixtures/resolve/resolved';
import { type Variant, variesWith } from '../../fixtures/resolve/variants';
import type { DescribeBlock } from './circus';

/** The tests that run with one value of a parametrised fixture which lives longer than each of them. */
export interface Group {
  readonly declaration: FixtureDeclaration;
  /** Which of its values. */
  readonly index: number;
  /** The block that the tests of all values lie in. */
  readonly block: Namespace;
  /** The group that this one is a part of. */
  readonly outer: Group | undefined;
  /** What is up for the value goes down, or is down. */
  over: boolean;
  /** Forgets what its beforeAll hooks have left in AsyncLocalStorages. */
  forget: (() => void) | undefined;
}

/** A test file with groups. */
interface GroupedFile {
  readonly groups: ReadonlyMap<DescribeBlock, Group>;
  readonly inGroups: ReadonlyMap<DescribeBlock, Group>;
}

/** The innermost group that a describe block of Jest's is, or lies in. */
export function groupOf({ groups, inGroups }: GroupedFile, describe: DescribeBlock): Group | undefined {
  return groups.get(describe) ?? inGroups.get(describe);
}

/** The values that all tests of a group have. */
export function variantOf(group: Group | undefined): Variant {
  const variant = new Map<FixtureDeclaration, number>();
  for (let each = group; each !== undefined; each = each.outer) variant.set(each.declaration, each.index);
  return variant;
}

/** Whether a fixture needs a value that has gone down: it comes too late. */
export function isOver(group: Group | undefined, fixture: ResolvedFixture): boolean {
  for (let each = group; each !== undefined; each = each.outer) {
    if (each.over && variesWith(fixture, each.declaration)) return true;
  }
  return false;
}
