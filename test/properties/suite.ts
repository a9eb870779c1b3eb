import * as fc from '../fast-check';

/** How something hangs: on its Loop, so that it is cancelled; the same, but it goes on; on a promise that never settles. */
export type Hang = 'no' | 'waits' | 'swallows' | 'foreign';

/** What goes on in the background until it is ended. */
export type Background = 'none' | 'task' | 'timer';

/** A random fixture. Dependencies are positions of fixtures before it. */
export interface FixtureSpec {
  readonly name: string;
  readonly scope: 'test' | 'describe' | 'file';
  readonly kind: 'function' | 'generator' | 'asyncGenerator' | 'use';
  readonly deps: readonly number[];
  readonly auto: boolean;
  readonly params: number;
  readonly setUpFails: boolean;
  readonly tearDownFails: boolean;
  readonly cleanup: 'none' | 'works' | 'fails';
  /** Turns of the microtask queue or the event loop before it goes on. */
  readonly waits: 0 | 1 | 2;
  /** It hangs there instead of failing. */
  readonly setUpHangs: Hang;
  readonly tearDownHangs: Hang;
  readonly background: Background;
}

/** A random hook. */
export interface HookSpec {
  readonly type: 'beforeAll' | 'beforeEach' | 'afterEach' | 'afterAll';
  readonly asks: readonly number[];
  readonly fails: boolean;
  readonly hangs: Hang;
}

/** A random test. */
export interface TestSpec {
  readonly asks: readonly number[];
  /** Requested by request.get in the body. */
  readonly gets: readonly number[];
  readonly fails: boolean;
  readonly hangs: Hang;
  readonly background: Background;
  readonly failing: boolean;
  readonly concurrent: boolean;
}

/** A random describe block: its tests, hooks and inner blocks. */
export interface BlockSpec {
  readonly hooks: readonly HookSpec[];
  readonly tests: readonly TestSpec[];
  readonly blocks: readonly BlockSpec[];
}

/** A random test file. */
export interface SuiteSpec {
  readonly fixtures: readonly FixtureSpec[];
  readonly root: BlockSpec;
  readonly parallel: boolean;
  readonly retries: 0 | 1;
}

const WIDTH = { test: 0, describe: 1, file: 2 };
const rarely = fc.integer({ min: 0, max: 6 }).map(n => n === 0);
// Each costs some ms.
const hang: fc.Arbitrary<Hang> = fc.oneof(
  { weight: 20, arbitrary: fc.constant('no' as const) },
  { weight: 1, arbitrary: fc.constantFrom('waits' as const, 'swallows' as const, 'foreign' as const) },
);
const background: fc.Arbitrary<Background> = fc.oneof(
  { weight: 4, arbitrary: fc.constant('none' as const) },
  { weight: 1, arbitrary: fc.constantFrom('task' as const, 'timer' as const) },
);

const rawFixture = fc.record({
  scope: fc.constantFrom('test' as const, 'test' as const, 'describe' as const, 'file' as const),
  kind: fc.constantFrom('function' as const, 'generator' as const, 'asyncGenerator' as const, 'use' as const),
  deps: fc.uniqueArray(fc.nat(9), { maxLength: 3 }),
  auto: rarely,
  params: fc.constantFrom(0, 0, 0, 0, 1, 2),
  setUpFails: rarely,
  tearDownFails: rarely,
  cleanup: fc.constantFrom('none' as const, 'none' as const, 'works' as const, 'fails' as const),
  waits: fc.constantFrom(0 as const, 1 as const, 2 as const),
  setUpHangs: hang,
  tearDownHangs: hang,
  background,
});

/** Dependencies that exist, come before, and are not narrower. A plain generator has nothing to hang on. */
function legal(raw: Omit<FixtureSpec, 'name'>[]): FixtureSpec[] {
  return raw.map((fixture, index) => ({
    ...fixture,
    name: `f${index}`,
    ...(fixture.kind === 'generator' && { setUpHangs: 'no', tearDownHangs: 'no' }),
    // Its cleanup would have as little time.
    ...([fixture.setUpHangs, fixture.tearDownHangs].includes('foreign') && { cleanup: 'none' }),
    deps: fixture.deps.filter(dep => dep < index && WIDTH[raw[dep]!.scope] >= WIDTH[fixture.scope]),
  }));
}

const fixtures = fc.array(rawFixture, { minLength: 1, maxLength: 7 }).map(legal);

function block(all: readonly FixtureSpec[], depth: number): fc.Arbitrary<BlockSpec> {
  const some = (allowed: (fixture: FixtureSpec) => boolean, maxLength: number): fc.Arbitrary<number[]> => {
    const positions = all.flatMap((fixture, index) => (allowed(fixture) ? [index] : []));
    return positions.length === 0
      ? fc.constant([])
      : fc.uniqueArray(fc.constantFrom(...positions), { maxLength: Math.min(maxLength, positions.length) });
  };
  const each = fc.record({
    type: fc.constantFrom('beforeEach' as const, 'afterEach' as const),
    asks: some(() => true, 2),
    fails: rarely,
    hangs: hang,
  });
  const whole = fc.record({
    type: fc.constantFrom('beforeAll' as const, 'afterAll' as const),
    asks: some(({ scope }) => scope !== 'test', 2),
    fails: rarely,
    hangs: hang,
  });
  const test = fc.record({
    asks: some(() => true, 3),
    gets: some(fixture => !varies(all, fixture), 1),
    fails: rarely,
    hangs: hang,
    background,
    failing: rarely,
    concurrent: rarely,
  });
  // A body that fails as expected would hide the error of what it gets.
  const sound = test.map(spec => (spec.failing ? { ...spec, gets: [] } : spec));
  return fc.record({
    hooks: fc.array(fc.oneof(each, whole), { maxLength: 2 }),
    tests: fc.array(sound, { minLength: 1, maxLength: 3 }),
    blocks: depth === 0 ? fc.constant([]) : fc.array(block(all, depth - 1), { maxLength: 2 }),
  });
}

/** Whether a fixture has several values, itself or through what it needs. */
export function varies(all: readonly FixtureSpec[], fixture: FixtureSpec): boolean {
  return fixture.params > 1 || fixture.deps.some(dep => varies(all, all[dep]!));
}

/** Any test file. */
export const suites: fc.Arbitrary<SuiteSpec> = fixtures.chain(all =>
  fc.record({
    fixtures: fc.constant(all),
    root: block(all, 2),
    parallel: fc.boolean(),
    retries: fc.constantFrom(0 as const, 0 as const, 1 as const),
  }),
);
