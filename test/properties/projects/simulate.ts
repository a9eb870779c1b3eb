import type { Lives, Outcome, Reported, Runner } from './lives';
import { autosOf, inOrder, inOrderAhead, type Place, type Resolved, resolve, varyingOf } from './names';
import { placesOf } from './places';
import { type Block, blocksOf, type Hook, type Project, type Test, type TestFile } from './project';

/*
 * What a test file does and reports, from its data alone: Jest's own rules (which hooks run, when a test is retried) and
 * those of the contract. Only for files whose tests run one after the other and whose fixtures do so too.
 */

/** A test as Jest reports it. */
export interface Predicted {
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'pending';
  readonly errors: readonly string[];
}

interface Entry {
  readonly name: string;
  readonly test: Test;
  readonly place: Place;
  readonly variant: ReadonlyMap<string, number>;
  readonly skipped: boolean;
  /** The blocks around it, outermost first. */
  readonly around: readonly Block[];
  errors: Reported[];
  attempts: number;
}

/** Jest's words for a `test.failing` that passes. */
const PASSED = 'Failing test passed even though it was supposed to fail. Remove `.failing` to remove error.';

export class FileRun {
  readonly tests: Predicted[] = [];
  readonly errors: string[] = [];
  readonly #places: Map<Block, Place>;
  readonly #entries = new Map<Block, Entry[]>();
  /** The failed set-ups that beforeAll hooks of the blocks around have given to all of their tests. */
  #reported: readonly string[] = [];

  constructor(
    project: Project,
    readonly file: TestFile,
    readonly lives: Lives,
  ) {
    this.#places = placesOf(project, file);
    lives.begin(file.path);
    this.#collect(file.root, [], false, '');
    this.#runBlock(file.root);
    for (const entry of this.#allEntries(file.root)) {
      const status = entry.skipped ? 'pending' : entry.errors.length > 0 ? 'failed' : 'passed';
      const errors = entry.skipped ? [] : entry.errors.map(({ text }) => text);
      this.tests.push({ name: entry.name, status, errors });
    }
  }

  #collect(block: Block, outer: readonly Block[], skipped: boolean, prefix: string): void {
    const around = [...outer, block];
    const place = this.#places.get(block)!;
    const entries: Entry[] = [];
    for (const test of block.tests) {
      const rows = test.form === 'each' ? [' 1', ' 2'] : [''];
      for (const row of rows) {
        for (const variant of variantsOf(varyingOf(this.#rootsOf(test, place, around)))) {
          const ids = [...variant.values()].flatMap(({ index, of }) => (of > 1 ? [index] : []));
          const suffix = ids.length === 0 ? '' : ` [${ids.join(', ')}]`;
          entries.push({
            name: prefix + test.id + row + suffix,
            test,
            place,
            variant: new Map([...variant].map(([id, { index }]) => [id, index])),
            skipped: skipped || block.skip || test.form === 'skip',
            around,
            errors: [],
            attempts: 0,
          });
        }
      }
    }
    this.#entries.set(block, entries);
    for (const inner of block.blocks)
      this.#collect(inner, around, skipped || block.skip, `${prefix}${inner.id} `);
  }

  #allEntries(block: Block): Entry[] {
    return blocksOf(block).flatMap(each => this.#entries.get(each)!);
  }

  #asked(names: readonly string[], place: Place): Resolved[] {
    return names.map(name => resolve(name, place));
  }

  #hooksOf(around: readonly Block[], type: Hook['type'], { form }: Test): Hook[] {
    // Jest runs no each-hooks for concurrent tests.
    if (form === 'concurrent') return [];
    const blocks = type === 'beforeEach' ? around : [...around].reverse();
    return blocks.flatMap(({ hooks }) => hooks.filter(hook => hook.type === type));
  }

  /** All that a test requests: auto, its hooks', its own. */
  #rootsOf(test: Test, place: Place, around: readonly Block[]): Resolved[] {
    const ofHooks = (type: Hook['type']): Resolved[] =>
      this.#hooksOf(around, type, test).flatMap(({ asks }) => this.#asked(asks, place));
    return [
      ...autosOf(place),
      ...ofHooks('beforeEach'),
      ...this.#asked(test.asks, place),
      ...ofHooks('afterEach'),
    ];
  }

  #runBlock(block: Block): void {
    const { lives, file } = this;
    const outer = this.#reported;
    const entries = this.#allEntries(block);
    const enabled = entries.filter(({ skipped }) => !skipped);
    const place = this.#places.get(block)!;
    if (enabled.length > 0)
      for (const hook of block.hooks)
        if (hook.type === 'beforeAll') {
          const found = this.#runAllHook(hook, place, this.#wideAutos(place, enabled));
          for (const entry of entries) addNew(entry.errors, found);
        }
    const again: Entry[] = [];
    for (const entry of this.#entries.get(block)!) {
      if (entry.skipped) continue;
      const hadErrors = entry.errors.length > 0;
      this.#runTest(entry);
      if (!hadErrors && entry.errors.length > 0) again.push(entry);
    }
    for (const inner of block.blocks) this.#runBlock(inner);
    for (const entry of again)
      for (let left = file.retries; left > 0 && entry.errors.length > 0; left--) {
        entry.errors = [];
        this.#runTest(entry);
      }
    if (enabled.length > 0)
      for (const hook of block.hooks)
        if (hook.type === 'afterAll')
          this.errors.push(...this.#runAllHook(hook, place, []).map(({ text }) => text));
    this.#reported = outer;
    this.errors.push(...lives.close(`describe ${place.name}`));
    if (place.kind === 'file') this.errors.push(...lives.close(`file ${place.name}`));
  }

  /** What is auto and lives as long as a block or longer is up before its beforeAll hooks. */
  #wideAutos(place: Place, enabled: readonly Entry[]): Resolved[] {
    const around = (from: Place | undefined): Place[] =>
      from === undefined ? [] : [from, ...around(from.outer)];
    const names = around(place).map(({ kind, name }) => `${kind} ${name}`);
    return enabled
      .flatMap(entry => this.#rootsOf(entry.test, entry.place, entry.around))
      .filter(({ auto, home }) => auto && home !== undefined && names.includes(`${home.kind} ${home.name}`));
  }

  #runAllHook(hook: Hook, place: Place, autos: readonly Resolved[]): Reported[] {
    const runner: Runner = { label: hook.id, variant: new Map(), home: undefined, again: undefined };
    const asked = this.#asked(hook.asks, place);
    const outcome = this.lives.setUp(inOrder([...autos, ...asked]), runner);
    if (outcome !== undefined) {
      const news = this.#reported.includes(outcome.cause) ? [] : [outcome];
      if (hook.type === 'beforeAll') this.#reported = [...this.#reported, outcome.cause];
      return news;
    }
    return this.#callHook(hook, asked, runner, `describe ${place.name}`);
  }

  #callHook(hook: Hook, asked: readonly Resolved[], runner: Runner, home: string): Reported[] {
    const { lives } = this;
    const me = `${hook.id}@${lives.where}#${lives.count(`life ${hook.id}`)}`;
    lives.log(`hook ${me} < ${lives.idsOf(asked, runner)}`);
    lives.register(home, me, hook.cleanups);
    return lives.fails(`hook ${me}`, hook.fails, undefined, hook.how);
  }

  #runTest(entry: Entry): void {
    const { lives } = this;
    const { test, place, around } = entry;
    entry.attempts++;
    const home = `test ${entry.name}`;
    const runner: Runner = {
      label: entry.name,
      variant: entry.variant,
      home,
      again: entry.attempts > 1 ? new Set() : undefined,
    };
    const roots = this.#rootsOf(test, place, around);
    const autos = autosOf(place);
    const after = this.#hooksOf(around, 'afterEach', test);
    const runHook = (hook: Hook): void => {
      const asked = this.#asked(hook.asks, place);
      // What is auto comes up before the first beforeEach and before a body, not for a plain afterEach.
      const { type, asks, fails, how, cleanups } = hook;
      const takes = asks.length + cleanups.length > 0 || (fails !== 'no' && how !== 'throw');
      const wants = takes || type === 'beforeEach';
      const failed = wants ? this.lives.setUp(inOrderAhead([...autos, ...asked], roots), runner) : undefined;
      addNew(entry.errors, failed === undefined ? this.#callHook(hook, asked, runner, home) : [failed]);
    };
    for (const hook of this.#hooksOf(around, 'beforeEach', test)) {
      if (entry.errors.length > 0) break;
      runHook(hook);
    }
    if (entry.errors.length === 0) {
      const later = after.flatMap(({ asks }) => this.#asked(asks, place));
      const own = this.#asked(test.asks, place);
      const failed = lives.setUp(inOrderAhead([...autos, ...own], later), runner);
      addNew(entry.errors, failed === undefined ? this.#callBody(entry, own, runner) : [failed]);
    }
    for (const hook of after) runHook(hook);
    addNew(
      entry.errors,
      lives.close(home).map(text => ({ cause: text, text })),
    );
  }

  #callBody({ name, test, place }: Entry, own: readonly Resolved[], runner: Runner): Reported[] {
    const { lives } = this;
    const me = `${name}@${lives.where}#${lives.count(`life ${name}`)}`;
    lives.log(`body ${me} < ${lives.idsOf(own, runner)}`);
    lives.register(runner.home!, me, test.cleanups);
    let found: Outcome;
    for (const get of test.gets) {
      found = lives.setUp(inOrder(this.#asked([get], place)), runner);
      if (found !== undefined) return [found];
    }
    const failed = lives.fails(`body ${me}`, test.fails, undefined, test.how);
    if (failed.length === 0) lives.log(`end ${me}`);
    if (test.form !== 'failing') return failed;
    return failed.length === 0 ? [{ cause: 'passed', text: PASSED }] : [];
  }
}

/** Adds what has not been reported: each cause is reported once. */
function addNew(errors: Reported[], more: readonly Reported[]): void {
  for (const one of more) if (!errors.some(({ cause }) => cause === one.cause)) errors.push(one);
}

/** Every combination of values, the first fixture varies slowest. */
function variantsOf(varying: readonly Resolved[]): Map<string, { index: number; of: number }>[] {
  let variants: Map<string, { index: number; of: number }>[] = [new Map()];
  for (const { id, fixture } of varying)
    variants = variants.flatMap(variant =>
      Array.from({ length: fixture.params }, (_, index) =>
        new Map(variant).set(id, { index, of: fixture.params }),
      ),
    );
  return variants;
}
