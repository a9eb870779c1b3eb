import type { ScopeName } from '../../src/fixtures/declare/scopes';
import type { FixtureRequest } from '../../src/fixtures/life/requester/request';
import { Loop } from '../../src/loop';
import * as fc from '../fast-check';
import { sized } from '../sizes';
import { BACKENDS, type OnBackend, withBackend } from '../unit/backends/support';
import { type Declared, Hosted, type Place } from '../unit/fixtures/shared/support';
import { texts, turn } from '../unit/support';

/*
 * The crash rules for what outlives test files: random fixtures in nested and sibling directories, random files that
 * request them, some at once, without Jest.
 */

interface FixtureSpec {
  readonly name: string;
  /** 0: a setup file; 1, 2: the directories `/p/a`, `/p/a/b`; 3: `/p/c`. */
  readonly place: number;
  readonly scope: ScopeName;
  readonly deps: readonly string[];
  readonly setUpFails: boolean;
  readonly tearDownFails: boolean;
  readonly cleanup: 'none' | 'works' | 'fails';
  readonly waits: 0 | 1 | 2;
  readonly gets: string | undefined;
}

interface FileSpec {
  readonly place: number;
  /** Tests, each with what it requests; those of a file ask at once. */
  readonly tests: readonly (readonly number[])[];
  /** The file ends while its tests still ask. */
  readonly hasty: boolean;
}

const LABELS = ['/p', '/p/a', '/p/a/b', '/p/c'];
/** The places around each. */
const AROUND = [[0], [0, 1], [0, 1, 2], [0, 3]];

const rarely = fc.integer({ min: 0, max: 6 }).map(n => n === 0);
const rawFixture = fc.record({
  place: fc.nat(3),
  scope: fc.constantFrom('directory' as const, 'worker' as const),
  deps: fc.uniqueArray(fc.nat(9), { maxLength: 3 }),
  setUpFails: rarely,
  tearDownFails: rarely,
  cleanup: fc.constantFrom('none' as const, 'works' as const, 'fails' as const),
  waits: fc.constantFrom(0 as const, 1 as const, 2 as const),
  gets: fc.option(fc.nat(9), { nil: undefined }),
});

const specs = fc.record({
  fixtures: fc.array(rawFixture, { minLength: 1, maxLength: 8 }),
  parallel: fc.boolean(),
  files: fc.array(
    fc.record({
      place: fc.nat(3),
      tests: fc.array(fc.array(fc.nat(9), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
      hasty: rarely,
    }),
    { minLength: 1, maxLength: 6 },
  ),
});

type Raw = typeof rawFixture extends fc.Arbitrary<infer T> ? T : never;

/** Dependencies that exist, come before, can be seen from where it lives and are not narrower. */
function legal(raw: readonly Raw[]): FixtureSpec[] {
  const isLegal = (from: Raw, index: number, dep: number): boolean => {
    const to = raw[dep];
    if (to === undefined || dep >= index || !AROUND[from.place]!.includes(to.place)) return false;
    return from.scope === 'directory' || to.scope === 'worker';
  };
  return raw.map((each, index) => ({
    ...each,
    name: `f${index}`,
    deps: each.deps.filter(dep => isLegal(each, index, dep)).map(dep => `f${dep}`),
    gets: each.gets !== undefined && isLegal(each, index, each.gets) ? `f${each.gets}` : undefined,
  }));
}

interface Life {
  readonly id: string;
  readonly name: string;
  readonly needs: string[];
  up: boolean;
}

/** What goes on, in the words of the rules. */
class Watched {
  readonly found: string[] = [];
  readonly reported: string[] = [];
  readonly thrown: string[] = [];
  readonly cleanups = new Set<string>();
  readonly lives = new Map<string, Life>();
  #ids = 0;
  #errors = 0;

  error(name: string, what: string): Error {
    const message = `E${++this.#errors} ${what} of ${name}`;
    this.thrown.push(message);
    return new Error(message);
  }

  declare(spec: FixtureSpec): Declared {
    const { name, scope, deps, waits, gets } = spec;
    const begin = (values: object, request: FixtureRequest): Life => {
      const life = { id: `${name}#${++this.#ids}`, name, needs: Object.values(values), up: false };
      for (const need of life.needs)
        if (!this.lives.get(need)?.up) this.found.push(`${life.id} came up without ${need}`);
      if (spec.cleanup !== 'none') {
        this.cleanups.add(life.id);
        request.onCleanup(async () => {
          if (!this.cleanups.delete(life.id)) this.found.push(`the cleanup of ${life.id} ran twice`);
          if (life.up) this.found.push(`${life.id} was cleaned up before it went down`);
          if (spec.cleanup === 'fails') throw this.error(name, 'cleanup');
        });
      }
      return life;
    };
    const pause = async (): Promise<void> => {
      if (waits === 1) await null;
      if (waits === 2) await turn();
    };
    const watched = this;
    return {
      name,
      scope,
      deps,
      value: async function* (values: object, request: FixtureRequest) {
        const life = begin(values, request);
        await pause();
        if (gets !== undefined) life.needs.push((await request.get(gets)) as string);
        if (spec.setUpFails) throw watched.error(name, 'set-up');
        watched.goUp(life);
        yield life.id;
        watched.goDown(life);
        await pause();
        if (spec.tearDownFails) throw watched.error(name, 'teardown');
      },
    };
  }

  goUp(life: Life): void {
    this.lives.set(life.id, life);
    life.up = true;
  }

  goDown(life: Life): void {
    if (!life.up) this.found.push(`${life.id} went down twice`);
    life.up = false;
    for (const other of this.lives.values())
      if (other.up && other.needs.includes(life.id))
        this.found.push(`${life.id} went down before ${other.id}`);
  }

  isUp(name: string): number {
    return [...this.lives.values()].filter(life => life.up && life.name === name).length;
  }
}

async function breaches(
  fixtures: readonly FixtureSpec[],
  files: readonly FileSpec[],
  parallel: boolean,
  on: OnBackend,
): Promise<string[]> {
  // The tests ask in tasks: on `chaos` in any order.
  const loop = on.put(new Loop({ name: 'tests' }));
  const watched = new Watched();
  const { found } = watched;
  const places: Place[] = LABELS.map((label, index) => ({
    label,
    kind: index === 0 ? 'setup' : 'directory',
    fixtures: fixtures.filter(({ place }) => place === index).map(each => watched.declare(each)),
  }));
  const hosted = new Hosted(places);
  const { openScopes } = hosted.host;
  const given: string[] = [];
  const hanging: PromiseLike<unknown>[] = [];
  for (const [at, { place, tests, hasty }] of files.entries()) {
    watched.reported.push(...texts(await openScopes.leave(LABELS[place]!)));
    for (const { name, place: own, scope } of fixtures) {
      if (scope === 'directory' && own !== 0 && !AROUND[place]!.includes(own) && watched.isUp(name) > 0)
        found.push(`${name} is up in ${LABELS[place]}`);
    }
    const around = AROUND[place]!.map(each => places[each]!);
    const ask = async (asks: readonly number[], index: number): Promise<void> => {
      const label = `test ${at}.${index}`;
      for (const position of asks) {
        const spec = fixtures[position];
        if (spec === undefined || !AROUND[place]!.includes(spec.place)) continue;
        const value = await hosted.get(spec.name, label, around, { parallel }).catch((error: unknown) => {
          const [message] = texts([error]);
          // The file has ended, for the test or for a fixture that it waits for.
          if (!(/came too late|fixtures are down/.test(message!) && hasty)) given.push(message!);
        });
        if (value === undefined) return;
        if (!hasty && !watched.lives.get(value as string)?.up)
          found.push(`${label} was given ${value}, which is down`);
        // What a setup file declares has one for each directory.
        const many = spec.place === 0 && spec.scope === 'directory';
        if (!many && watched.isUp(spec.name) > 1) found.push(`${spec.name} is up twice`);
      }
    };
    const asking = tests.map((asks, index) => loop.createTask(() => ask(asks, index)));
    if (hasty) hanging.push(...asking);
    else await Promise.all(asking);
  }
  watched.reported.push(...texts(await openScopes.closeAll()));
  await Promise.all(hanging);
  await loop.close();
  watched.reported.push(...texts(await openScopes.closeAll()));
  if (!openScopes.empty) found.push('something is left');
  if (hosted.host.loops.size > 0) found.push('a Loop is left');
  for (const { id, up } of watched.lives.values()) if (up) found.push(`${id} is left up`);
  for (const id of watched.cleanups) found.push(`the cleanup of ${id} did not run`);
  found.push(...hosted.caught, ...hosted.late);
  // Each error once; a later requester learns where it was first seen.
  for (const error of watched.thrown) {
    const isSetUp = /^E\d+ set-up/.test(error);
    const owner = error.split(' of ')[1];
    const times = isSetUp
      ? // A requester of several gets one error; the others are reported at the end of their scope.
        [...given, ...watched.reported].filter(message => message === error).length
      : watched.reported.filter(message => message === `${owner}: ${error}`).length;
    // A file that ended first may have no requester left.
    if (times !== 1) found.push(`"${error}" was reported ${times} times`);
  }
  for (const message of given) {
    const plain = message.replace(/\s+\(first seen in "test \d+\.\d+"\)$/, '');
    if (!watched.thrown.includes(plain)) found.push(`nothing threw "${message}"`);
  }
  for (const message of watched.reported)
    if (!watched.thrown.some(error => message === error || message.endsWith(`: ${error}`)))
      found.push(`nothing threw "${message}"`);
  return found;
}

test.each(BACKENDS)('random fixtures that outlive files keep the crash rules on %s', async backend => {
  await fc.assert(
    fc.asyncProperty(specs, ({ fixtures, files, parallel }) =>
      withBackend(backend, async on => {
        expect(await breaches(legal(fixtures), files, parallel, on)).toEqual([]);
      }),
    ),
    { numRuns: sized(50, 400) },
  );
});
