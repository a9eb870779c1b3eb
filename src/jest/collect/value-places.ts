import { outlivesFile, widthOf } from '../../fixtures/declare/scopes';
import { variesWith } from '../../fixtures/resolve/variants';
import type { DescribeBlock, Hook, TestEntry } from '../file/circus';
import type { TestFile } from '../file/test-file';
import type { AllHookPlan, ValueUses } from './plan';
import type { Axis } from './value-axes';

/** Where the tests that need a value of one fixture are. */
export interface ValuePlace {
  /** The innermost describe block that holds them and the hooks that need the value for them. */
  readonly block: DescribeBlock;
  readonly depth: number;
  /** One of the block's own hooks needs the value. */
  readonly hooked: boolean;
  readonly tests: number;
}

/**
 * Sorts axes from the outer to the inner grouping; each value of the outermost comes up only once. What hooks of the
 * block need goes first, so that those hooks run once per value.
 */
export function outermostFirst(a: ValuePlace & { axis: Axis }, b: ValuePlace & { axis: Axis }): number {
  return (
    a.depth - b.depth ||
    Number(b.hooked) - Number(a.hooked) ||
    widthOf(b.axis.scope) - widthOf(a.axis.scope) ||
    b.tests - a.tests
  );
}

/** Finds the tests and hooks that need a value. */
export class ValuePlaces {
  constructor(
    readonly testFile: TestFile,
    readonly uses: ValueUses,
    readonly allHooks: ReadonlyMap<Hook, AllHookPlan>,
  ) {}

  /** The place of an axis in a describe block, apart from the blocks in `done`; undefined if nothing needs it. */
  placeOf(
    node: DescribeBlock,
    axis: Axis,
    done: ReadonlySet<DescribeBlock> = new Set(),
    depth = 0,
  ): ValuePlace | undefined {
    const hooked = node.hooks.some(hook => this.hookNeeds(hook, axis));
    const found = node.children.flatMap((child): ValuePlace | [] => {
      if (child.type === 'test') {
        return this.indexOf(child, axis) === undefined ? [] : { block: node, depth, hooked, tests: 1 };
      }
      return done.has(child) ? [] : (this.placeOf(child, axis, done, depth + 1) ?? []);
    });
    if (found.length === 0) return undefined;
    const tests = found.reduce((sum, each) => sum + each.tests, 0);
    return found.length > 1 || hooked ? { block: node, depth, hooked, tests } : found[0];
  }

  /** The index of the value that a test needs; undefined if it needs none. */
  indexOf(entry: TestEntry, { declaration, livesIn }: Axis): number | undefined {
    const use = this.uses.get(entry);
    const needsValue = use?.grouping.some(
      fixture =>
        fixture.declaration === declaration &&
        livesIn.contains(
          outlivesFile(fixture.scope) ? this.testFile.namespaceOf(entry.parent) : fixture.livesIn,
        ),
    );
    return needsValue ? use!.variant.get(declaration) : undefined;
  }

  hookNeeds(hook: Hook, { declaration }: Axis): boolean {
    return this.allHooks.get(hook)?.order.some(fixture => variesWith(fixture, declaration)) ?? false;
  }

  /** The indexes of the children that need a value. */
  childrenOf({ children }: DescribeBlock, axis: Axis): number[] {
    return children.flatMap((child, index) => {
      const needsValue =
        child.type === 'test'
          ? this.indexOf(child, axis) !== undefined
          : this.placeOf(child, axis) !== undefined;
      return needsValue ? [index] : [];
    });
  }
}
