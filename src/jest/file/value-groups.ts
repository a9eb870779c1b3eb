import type { FixtureDeclaration, Namespace } from '../../fixtures/declare/declaration';
import type { ResolvedFixture } from '../../fixtures/resolve/resolved';
import { type Variant, variesWith } from '../../fixtures/resolve/variants';
import type { DescribeBlock } from './circus';

/** The tests that share one value of a parametrised fixture which outlives each of them. */
export interface Group {
  readonly declaration: FixtureDeclaration;
  /** The index of the value. */
  readonly index: number;
  /** The namespace that holds the tests of all values. */
  readonly namespace: Namespace;
  /** The group around this one. */
  readonly outer: Group | undefined;
  /** The fixtures set up for the value go down, or are down. */
  over: boolean;
  /** Forgets what the group's beforeAll hooks left in AsyncLocalStorages. */
  forget: (() => void) | undefined;
}

/** A test file with groups. */
interface GroupedFile {
  readonly groups: ReadonlyMap<DescribeBlock, Group>;
  readonly inGroups: ReadonlyMap<DescribeBlock, Group>;
}

/** The innermost group of a describe block, or around it. */
export function groupOf({ groups, inGroups }: GroupedFile, describe: DescribeBlock): Group | undefined {
  return groups.get(describe) ?? inGroups.get(describe);
}

/** The values that all tests of a group share. */
export function variantOf(group: Group | undefined): Variant {
  const variant = new Map<FixtureDeclaration, number>();
  for (let each = group; each !== undefined; each = each.outer) variant.set(each.declaration, each.index);
  return variant;
}

/** Whether a fixture needs a value whose group has ended, and so comes too late. */
export function isOver(group: Group | undefined, fixture: ResolvedFixture): boolean {
  for (let each = group; each !== undefined; each = each.outer) {
    if (each.over && variesWith(fixture, each.declaration)) return true;
  }
  return false;
}
