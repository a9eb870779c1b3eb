import type { FixtureDeclaration, Namespace } from '../../fixtures/declare/declaration';
import { outlivesFile, widthOf } from '../../fixtures/declare/scopes';
import type { ResolvedFixture } from '../../fixtures/resolve/resolved';
import { type Variant, variesWith } from '../../fixtures/resolve/variants';
import type { DescribeBlock, Hook, State, TestEntry } from '../file/circus';
import type { TestFile } from '../file/test-file';
import type { Group } from '../file/value-groups';
import type { AllHookPlan } from './plan-hooks';
import type { TestPlan } from './planner';

/** The tests that need parametrised fixtures wider than themselves. */
export type ValueUses = Map<
  TestEntry,
  { readonly variant: Variant; readonly grouping: readonly ResolvedFixture[] }
>;

/** A parametrised fixture by whose values the tests of a block are grouped. */
interface Axis {
  readonly declaration: FixtureDeclaration;
  readonly scope: ResolvedFixture['scope'];
  /** Its scope; where a declaration lives in blocks within each other, the outermost. */
  readonly home: Namespace;
}

/** Where the tests lie that need a value. */
interface Place {
  /** The innermost block that holds them, and the hooks that need the value and run for them. */
  readonly block: DescribeBlock;
  readonly depth: number;
  /** One of its own hooks needs it. */
  readonly hooked: boolean;
  readonly tests: number;
}

/**
 * Which of two groupings is the outer one, whose values come up once. What hooks of the block need goes first: they
 * run once for each value then.
 */
function compare(a: Place & { axis: Axis }, b: Place & { axis: Axis }): number {
  return (
    a.depth - b.depth ||
    Number(b.hooked) - Number(a.hooked) ||
    widthOf(b.axis.scope) - widthOf(a.axis.scope) ||
    b.tests - a.tests
  );
}

/** The fixtures among `roots` and all that they need which live longer than a test, once per value. */
export function groupingOf(roots: readonly ResolvedFixture[]): ResolvedFixture[] {
  const found = new Set<ResolvedFixture>();
  for (const { varying } of roots) {
    for (const fixture of varying) {
      if (fixture.scope !== 'test' && fixture.params!.length > 1) found.add(fixture);
    }
  }
  return [...found];
}

/**
 * Has one value at a time of each parametrised fixture that is wider than a test: gives the tests of each value a
 * describe block of their own, in which the hooks that need the value run as well. Jest sees these blocks as it walks
 * through the file, but each test keeps its parent, from which it has its name and its each-hooks. So retries, the
 * shuffling of `--randomize` and concurrent tests stay within one value.
 */
export function groupTests(
  testFile: TestFile,
  plans: ReadonlyMap<TestEntry, TestPlan>,
  state: State,
  uses: ValueUses,
  allHooks: Map<Hook, AllHookPlan>,
): void {
  new Grouping(testFile, plans, state, uses, allHooks).run();
}

class Grouping {
  readonly #hooked = new Map<FixtureDeclaration, Namespace[]>();

  constructor(
    readonly testFile: TestFile,
    readonly plans: ReadonlyMap<TestEntry, TestPlan>,
    readonly state: State,
    readonly uses: ValueUses,
    readonly allHooks: Map<Hook, AllHookPlan>,
  ) {}

  run(): void {
    this.#group(this.state.rootDescribeBlock, undefined, this.#axes());
    for (const [node, group] of this.testFile.groups) this.#note(node, group);
  }

  /** In the order asked for. */
  #axes(): Axis[] {
    const homes = new Map<FixtureDeclaration, Map<Namespace, ResolvedFixture>>();
    for (const { grouping } of this.uses.values()) {
      for (const fixture of grouping) {
        const known = homes.get(fixture.declaration) ?? new Map<Namespace, ResolvedFixture>();
        homes.set(fixture.declaration, known);
        if (!outlivesFile(fixture.scope)) known.set(fixture.home, fixture);
        // All of its values may be up; only what hooks prepare is for one of them.
        else for (const block of this.#blocksOf(fixture.declaration)) known.set(block, fixture);
      }
    }
    return [...homes].flatMap(([declaration, known]) =>
      [...known].flatMap(([home, { scope }]) => {
        const inner = [...known.keys()].some(other => other !== home && other.contains(home));
        return inner ? [] : [{ declaration, scope, home }];
      }),
    );
  }

  /** The blocks whose beforeAll or afterAll hooks need a value. */
  #blocksOf(declaration: FixtureDeclaration): Namespace[] {
    const known = this.#hooked.get(declaration);
    if (known !== undefined) return known;
    const found: Namespace[] = [];
    for (const { block, order } of this.allHooks.values()) {
      if (order.some(fixture => variesWith(fixture, declaration))) found.push(block);
    }
    this.#hooked.set(declaration, found);
    return found;
  }

  /** Groups the tests in `node`: those of the outermost place first, within each group those of the others. */
  #group(node: DescribeBlock, outer: Group | undefined, axes: readonly Axis[]): void {
    const done = new Set<DescribeBlock>();
    const places = axes.flatMap(axis => {
      const found = this.#placeOf(node, axis, done);
      return found === undefined ? [] : [{ axis, ...found }];
    });
    for (const { axis } of places.sort(compare)) {
      // Its tests may all be in a group by now; else none is.
      const place = this.#placeOf(node, axis, done);
      if (place === undefined) continue;
      const others = axes.filter(each => each !== axis);
      for (const [group, block] of this.#split(place.block, axis, outer, others)) {
        done.add(block);
        this.#group(block, group, others);
      }
    }
  }

  /** Undefined: nothing in `node` needs it, but for what is `done`. */
  #placeOf(node: DescribeBlock, axis: Axis, done: ReadonlySet<DescribeBlock>, depth = 0): Place | undefined {
    const hooked = node.hooks.some(hook => this.#hookNeeds(hook, axis));
    const found = node.children.flatMap((child): Place | [] => {
      if (child.type === 'test') {
        return this.#indexOf(child, axis) === undefined ? [] : { block: node, depth, hooked, tests: 1 };
      }
      return done.has(child) ? [] : (this.#placeOf(child, axis, done, depth + 1) ?? []);
    });
    if (found.length === 0) return undefined;
    const tests = found.reduce((sum, each) => sum + each.tests, 0);
    return found.length > 1 || hooked ? { block: node, depth, hooked, tests } : found[0];
  }

  /** Which value of a fixture a test needs; undefined: none. */
  #indexOf(entry: TestEntry, { declaration, home }: Axis): number | undefined {
    const use = this.uses.get(entry);
    const uses = use?.grouping.some(
      fixture =>
        fixture.declaration === declaration &&
        home.contains(outlivesFile(fixture.scope) ? this.testFile.namespaceOf(entry.parent) : fixture.home),
    );
    return uses ? use!.variant.get(declaration) : undefined;
  }

  #hookNeeds(hook: Hook, { declaration }: Axis): boolean {
    return this.allHooks.get(hook)?.order.some(fixture => variesWith(fixture, declaration)) ?? false;
  }

  /**
   * Puts a block for each value in place of the tests that need one. What stands between them goes with the first
   * value, so that the first pass through the file is in its order.
   */
  #split(
    place: DescribeBlock,
    axis: Axis,
    outer: Group | undefined,
    others: readonly Axis[],
  ): [Group, DescribeBlock][] {
    const [start, end] = this.#rangeOf(place, axis, others);
    const within = place.children.slice(start, end);
    const block = this.testFile.namespaceOf(place);
    const hooks = this.#moving(place, [axis, ...others]);
    place.hooks = place.hooks.filter(hook => !hooks.includes(hook));
    const parts = this.#divide(within, axis);
    const made = parts.map((children, index): [Group, DescribeBlock] => {
      const group: Group = {
        declaration: axis.declaration,
        index,
        block,
        outer,
        over: false,
        forget: undefined,
      };
      const node = this.#copy(place, children, hooks);
      this.testFile.groups.set(node, group);
      return [group, node];
    });
    place.children = [
      ...place.children.slice(0, start),
      ...made.map(([, node]) => node),
      ...place.children.slice(end),
    ];
    return made;
  }

  /**
   * From the first child that needs a value to the one after the last. Those that need another value which is needed
   * in there come along: that value lives once within a group, not there and once more beside it.
   */
  #rangeOf({ children }: DescribeBlock, axis: Axis, others: readonly Axis[]): [start: number, end: number] {
    const indexesOf = (each: Axis): number[] =>
      children.flatMap((child, at) => {
        const needs =
          child.type === 'test'
            ? this.#indexOf(child, each) !== undefined
            : this.#placeOf(child, each, new Set()) !== undefined;
        return needs ? [at] : [];
      });
    let found = indexesOf(axis);
    const left = new Set(others.map(indexesOf));
    const start = (): number => Math.min(...found);
    const end = (): number => Math.max(...found) + 1;
    for (let grown = true; grown; ) {
      grown = false;
      for (const more of left) {
        if (!more.some(at => at >= start() && at < end())) continue;
        found = [...found, ...more];
        left.delete(more);
        grown = true;
      }
    }
    return [start(), end()];
  }

  /**
   * The hooks that run for each group. One that stands after a beforeAll hook which needs a value may build on it: then
   * all of the block's hooks run there, as nobody knows which afterAll belongs to which beforeAll.
   */
  #moving(place: DescribeBlock, axes: readonly Axis[]): Hook[] {
    const all = place.hooks.filter(isAll);
    const needing = all.filter(hook => axes.some(axis => this.#hookNeeds(hook, axis)));
    const before = all.filter(({ type }) => type === 'beforeAll');
    const first = before.findIndex(hook => needing.includes(hook));
    return first >= 0 && before.slice(first).some(hook => !needing.includes(hook)) ? all : needing;
  }

  /** What of some children runs with each value. */
  #divide(children: readonly DescribeBlock['children'][number][], axis: Axis): DescribeBlock['children'][] {
    const parts = axis.declaration.options.params!.map((): DescribeBlock['children'] => []);
    for (const child of children) {
      if (child.type === 'test') {
        parts[this.#indexOf(child, axis) ?? 0]!.push(child);
        continue;
      }
      const inner = this.#divide(child.children, axis);
      const [first = [], ...later] = inner;
      child.children = first;
      parts[0]!.push(child);
      later.forEach((own, at) => {
        if (own.length > 0) parts[at + 1]!.push(this.#copy(child, own, child.hooks.filter(isAll)));
      });
    }
    return parts;
  }

  /** A part of a block, with hooks of its own, as another run of that block. */
  #copy(block: DescribeBlock, children: DescribeBlock['children'], hooks: readonly Hook[]): DescribeBlock {
    const copy: DescribeBlock = { ...block, children, tests: [], hooks: [] };
    copy.hooks = hooks.map(hook => this.#copyHook(hook));
    this.testFile.noteCopy(copy, block);
    const retries = this.state.describeRetryOptions?.get(block);
    if (retries !== undefined) this.state.describeRetryOptions!.set(copy, retries);
    return copy;
  }

  #copyHook(hook: Hook): Hook {
    const copy = { ...hook };
    const meta = this.testFile.hooks.get(hook);
    if (meta !== undefined) this.testFile.hooks.set(copy, meta);
    const plan = this.allHooks.get(hook);
    if (plan !== undefined) this.allHooks.set(copy, plan);
    return copy;
  }

  /** Each test, and each block in it, learns of its innermost group. */
  #note(node: DescribeBlock, group: Group): void {
    for (const child of node.children) {
      if (child.type === 'test') {
        const plan = this.plans.get(child);
        if (plan !== undefined) plan.group = group;
      } else if (!this.testFile.groups.has(child)) {
        this.testFile.inGroups.set(child, group);
        this.#note(child, group);
      }
    }
  }
}

function isAll({ type }: Hook): boolean {
  return type === 'beforeAll' || type === 'afterAll';
}
