import { type DescribeBlock, type Hook, isAll, type State } from '../file/circus';
import type { TestFile } from '../file/test-file';
import type { AllHookPlan } from './plan';
import type { Axis } from './value-axes';
import type { ValuePlaces } from './value-places';

/** Divides describe blocks among the values of a fixture. */
export class BlockDivider {
  constructor(
    readonly testFile: TestFile,
    readonly state: State,
    readonly places: ValuePlaces,
    readonly allHooks: Map<Hook, AllHookPlan>,
  ) {}

  /** The children that run with each value; a nested block becomes one for each value that its tests need. */
  divide(children: readonly DescribeBlock['children'][number][], axis: Axis): DescribeBlock['children'][] {
    const parts = axis.declaration.options.params!.map((): DescribeBlock['children'] => []);
    for (const child of children) {
      if (child.type === 'test') {
        parts[this.places.indexOf(child, axis) ?? 0]!.push(child);
        continue;
      }
      const [first = [], ...later] = this.divide(child.children, axis);
      child.children = first;
      parts[0]!.push(child);
      later.forEach((part, index) => {
        if (part.length > 0) parts[index + 1]!.push(this.copy(child, part, child.hooks.filter(isAll)));
      });
    }
    return parts;
  }

  /** A part of a block with its own copies of hooks, as another run of that block. */
  copy(block: DescribeBlock, children: DescribeBlock['children'], hooks: readonly Hook[]): DescribeBlock {
    const copy: DescribeBlock = { ...block, children, tests: [], hooks: [] };
    copy.hooks = hooks.map(hook => this.#copyHook(hook));
    this.testFile.noteCopy(copy, block);
    const retries = this.state.describeRetryOptions?.get(block);
    if (retries !== undefined) this.state.describeRetryOptions!.set(copy, retries);
    return copy;
  }

  /**
   * The hooks of a block that run once per value. One registered after a beforeAll hook that needs a value may build on
   * it. Then all hooks of the block run per value, since nothing pairs an afterAll with its beforeAll.
   */
  hooksPerValue(block: DescribeBlock, axes: readonly Axis[]): Hook[] {
    const all = block.hooks.filter(isAll);
    const needing = all.filter(hook => axes.some(axis => this.places.hookNeeds(hook, axis)));
    const before = all.filter(({ type }) => type === 'beforeAll');
    const first = before.findIndex(hook => needing.includes(hook));
    return first >= 0 && before.slice(first).some(hook => !needing.includes(hook)) ? all : needing;
  }

  #copyHook(hook: Hook): Hook {
    const copy = { ...hook };
    const registered = this.testFile.hooks.get(hook);
    if (registered !== undefined) this.testFile.hooks.set(copy, registered);
    const plan = this.allHooks.get(hook);
    if (plan !== undefined) this.allHooks.set(copy, plan);
    return copy;
  }
}
