import type { DescribeBlock, Hook, State, TestEntry } from '../file/circus';
import type { TestFile } from '../file/test-file';
import type { Group } from '../file/value-groups';
import { BlockDivider } from './divide-block';
import type { AllHookPlan, TestPlan, ValueUses } from './plan';
import { type Axis, axesOf } from './value-axes';
import { outermostFirst, ValuePlaces } from './value-places';

/**
 * Keeps one value up at a time of each parametrised fixture that outlives a test. The tests of each value move into a
 * describe block made for them, where the hooks that need the value run too. Jest meets these blocks as it walks the
 * file, but each test keeps its parent, which gives it its name and each-hooks. So retries, `--randomize` and
 * concurrent tests stay within one value.
 *
 * This is the part of collection that changes Jest's tree: its result is the tree itself.
 */
export function groupTests(
  testFile: TestFile,
  plans: Map<TestEntry, TestPlan>,
  state: State,
  uses: ValueUses,
  allHooks: Map<Hook, AllHookPlan>,
): void {
  const places = new ValuePlaces(testFile, uses, allHooks);
  const grouping = new Grouping(testFile, places, new BlockDivider(testFile, state, places, allHooks));
  grouping.group(state.rootDescribeBlock, undefined, axesOf(uses, allHooks.values()));
  for (const [node, group] of testFile.groups) noteGroup(testFile, plans, node, group);
}

class Grouping {
  constructor(
    readonly testFile: TestFile,
    readonly places: ValuePlaces,
    readonly divider: BlockDivider,
  ) {}

  /** Groups the tests in `node`: first by the axis with the outermost place, then by the others within each group. */
  group(node: DescribeBlock, outer: Group | undefined, axes: readonly Axis[]): void {
    const done = new Set<DescribeBlock>();
    const sorted = axes
      .flatMap(axis => {
        const place = this.places.placeOf(node, axis, done);
        return place === undefined ? [] : [{ axis, ...place }];
      })
      .sort(outermostFirst);
    for (const { axis } of sorted) {
      // By now all of its tests may be in a group. If not, none of them is.
      const place = this.places.placeOf(node, axis, done);
      if (place === undefined) continue;
      const others = axes.filter(each => each !== axis);
      for (const [group, block] of this.#split(place.block, axis, outer, others)) {
        done.add(block);
        this.group(block, group, others);
      }
    }
  }

  /**
   * Puts a block for each value in place of the tests that need one. Tests between these go with the first value, so
   * that the first pass through the file follows its order.
   */
  #split(
    parent: DescribeBlock,
    axis: Axis,
    outer: Group | undefined,
    others: readonly Axis[],
  ): [Group, DescribeBlock][] {
    const [start, end] = this.#rangeOf(parent, axis, others);
    const { declaration } = axis;
    const within = parent.children.slice(start, end);
    const namespace = this.testFile.namespaceOf(parent);
    const hooks = this.divider.hooksPerValue(parent, [axis, ...others]);
    parent.hooks = parent.hooks.filter(hook => !hooks.includes(hook));
    const made = this.divider.divide(within, axis).map((children, index): [Group, DescribeBlock] => {
      const group: Group = { declaration, index, namespace, outer, over: false, forget: undefined };
      const node = this.divider.copy(parent, children, hooks);
      this.testFile.groups.set(node, group);
      return [group, node];
    });
    parent.children = [
      ...parent.children.slice(0, start),
      ...made.map(([, node]) => node),
      ...parent.children.slice(end),
    ];
    return made;
  }

  /**
   * From the first child that needs a value to the last. Children that need another value which is needed in between
   * come along: that value then lives once within the group, instead of there and again beside it.
   */
  #rangeOf(block: DescribeBlock, axis: Axis, others: readonly Axis[]): [start: number, end: number] {
    let found = this.places.childrenOf(block, axis);
    const left = new Set(others.map(each => this.places.childrenOf(block, each)));
    const start = (): number => Math.min(...found);
    const end = (): number => Math.max(...found) + 1;
    for (let grown = true; grown; ) {
      grown = false;
      for (const more of left) {
        if (!more.some(index => index >= start() && index < end())) continue;
        found = [...found, ...more];
        left.delete(more);
        grown = true;
      }
    }
    return [start(), end()];
  }
}

/** Notes the innermost group of each test, and of each block, in a group's block. */
function noteGroup(
  testFile: TestFile,
  plans: Map<TestEntry, TestPlan>,
  node: DescribeBlock,
  group: Group,
): void {
  for (const child of node.children) {
    if (child.type === 'test') {
      const plan = plans.get(child);
      if (plan !== undefined) plans.set(child, { ...plan, group });
    } else if (!testFile.groups.has(child)) {
      testFile.inGroups.set(child, group);
      noteGroup(testFile, plans, child, group);
    }
  }
}
