import { EXCLUDED } from './excluded';
import { autosOf, Mistake, type Place, resolve } from './names';
import { placesOf } from './places';
import type { Block, Fails, Fixture, Hook, How, Kind, Project, Scope, Test, TestFile } from './project';
import { Random } from './random';

const NAMES = Array.from({ length: 8 }, (_, index) => `f${index}`);

/** The project of a seed. One that makes a mistake (a cycle, a scope mismatch …) is drawn anew. */
export function generate(seed: number): Project {
  for (let attempt = 0; ; attempt++) {
    const project = new Generator(seed, new Random(seed * 1000 + attempt)).project();
    if (mistakeIn(project) === undefined) return project;
  }
}

/** What the names of a project get wrong. */
export function mistakeIn(project: Project): Mistake | undefined {
  try {
    for (const file of project.files) {
      for (const [block, place] of placesOf(project, file)) {
        autosOf(place);
        for (const fixture of block.fixtures) resolve(fixture.name, place);
        for (const { asks, gets } of block.tests) {
          for (const name of asks) resolve(name, place);
          for (const name of gets) if (resolve(name, place).varying.length > 0) throw new Mistake('varies');
        }
        for (const { type, asks } of block.hooks)
          for (const name of asks) checkHook(type, resolve(name, place).scope);
        for (const around of outward(place.outer)) checkAround(project, file, around, place);
      }
    }
    return undefined;
  } catch (error) {
    if (error instanceof Mistake) return error;
    throw error;
  }
}

const outward = (place: Place | undefined): Place[] =>
  place === undefined ? [] : [place, ...outward(place.outer)];

/** Each-hooks further out see what their test sees. */
function checkAround(project: Project, file: TestFile, around: Place, place: Place): void {
  for (const [block, known] of placesOf(project, file))
    if (known.name === around.name && known.kind === around.kind)
      for (const { type, asks } of block.hooks)
        if (type.endsWith('Each')) for (const name of asks) resolve(name, place);
}

function checkHook(type: Hook['type'], scope: Scope): void {
  if (type.endsWith('All') && scope === 'test')
    throw new Mistake('an all-hook requests what lives for a test');
}

class Generator {
  #ids = 0;

  constructor(
    readonly seed: number,
    readonly random: Random,
  ) {}

  project(): Project {
    const { random } = this;
    const directories: Record<string, Fixture[]> = { '': this.#fixtures(4, [], 'directory') };
    if (random.once(2)) directories.d = this.#fixtures(3, directories['']!, 'directory');
    const known = (directory: string): Fixture[] => [
      ...directories['']!,
      ...(directory === 'd' ? directories.d! : []),
    ];
    const files = random.list(1, 3, () => {
      const directory = directories.d !== undefined && random.once(2) ? 'd' : '';
      return this.#file(directory, known(directory));
    });
    return { seed: this.seed, directories, files };
  }

  #file(directory: string, known: readonly Fixture[]): TestFile {
    const { random } = this;
    const path = `${directory === '' ? '' : `${directory}/`}${this.#id('x')}.test.js`;
    const concurrent = random.once(6);
    const retries = concurrent ? 0 : random.pick([0, 0, 0, 1, 2]);
    const parallel = random.once(4);
    return { path, parallel, retries, root: this.#block('', known, concurrent, 2) };
  }

  #block(id: string, outer: readonly Fixture[], concurrent: boolean, depth: number): Block {
    const { random } = this;
    const fixtures = this.#fixtures(id === '' ? 4 : 2, outer, id === '' ? 'file' : 'describe');
    const known = [...outer, ...fixtures];
    const hooks = random.list(0, 2, () => this.#hook(known));
    const tests = random.list(id === '' ? 1 : 0, 3, () => this.#test(known, concurrent));
    const blocks =
      depth === 0 ? [] : random.list(0, 2, () => this.#block(this.#id('b'), known, concurrent, depth - 1));
    // Jest refuses a block without a test.
    const own = tests.length > 0 || blocks.length > 0 ? tests : [this.#test(known, concurrent)];
    return { id, skip: id !== '' && random.once(15), fixtures, hooks, tests: own, blocks };
  }

  #fixtures(max: number, outer: readonly Fixture[], place: Place['kind']): Fixture[] {
    const made: Fixture[] = [];
    for (let count = this.random.below(max + 1); count > 0; count--) {
      const fixture = this.#fixture([...outer, ...made], made, place);
      if (fixture !== undefined) made.push(fixture);
    }
    return made;
  }

  #fixture(known: readonly Fixture[], here: readonly Fixture[], place: Place['kind']): Fixture | undefined {
    const { random } = this;
    const names = known.map(({ name }) => name);
    const override = names.length > 0 && place !== 'directory' && random.once(3);
    const name = random.pick(override ? names : NAMES);
    if (here.some(other => other.name === name)) return undefined;
    const allowed: Scope[] = ['test', 'test', 'describe'];
    if (place !== 'describe') allowed.push('file', 'file');
    if (place === 'directory') allowed.push('directory', 'worker', 'session');
    const scope = override ? undefined : random.pick(allowed);
    const kinds: Kind[] = ['value', 'function', 'async', 'generator', 'asyncGenerator', 'asyncGenerator'];
    if (place !== 'directory' && !override) kinds.push('use', 'use');
    const kind = random.pick(kinds);
    const waits = kind === 'async' || kind === 'asyncGenerator' || kind === 'use';
    const base = { key: this.#id('k'), name, scope, kind, auto: !override && random.once(5), override };
    if (kind === 'value')
      return {
        ...base,
        params: 0,
        deps: [],
        setUp: 'no',
        how: 'throw',
        tearDown: 'no',
        task: false,
        cleanups: [],
        turns: 0,
      };
    const wide = scope !== undefined && scope !== 'test';
    const hasParams = (!wide || !EXCLUDED.wideParams) && (!override || !EXCLUDED.wideParams);
    return {
      ...base,
      params: hasParams ? random.pick([0, 0, 0, 0, 1, 2]) : 0,
      deps: [...new Set([...random.some(names, 2), ...(override && random.once(2) ? [name] : [])])],
      setUp: this.#fails(8),
      how: waits ? this.#howOf(scope) : 'throw',
      task: waits && !EXCLUDED.tasksOfFixtures && random.once(4),
      tearDown: this.#fails(8),
      cleanups: random.list(0, 2, () => this.#fails(5)).slice(random.below(2)),
      turns: waits ? random.below(3) : 0,
      override,
    };
  }

  #hook(known: readonly Fixture[]): Hook {
    const type = this.random.pick(['beforeAll', 'beforeEach', 'afterEach', 'afterAll'] as const);
    const names = [
      ...new Set(
        known.filter(({ scope }) => type.endsWith('Each') || scope !== 'test').map(({ name }) => name),
      ),
    ];
    return {
      id: this.#id('h'),
      type,
      asks: this.random.some(names, 2),
      fails: this.#fails(7),
      how: this.#howOf(type.endsWith('All') ? 'file' : 'test'),
      cleanups: this.#ownCleanups(),
    };
  }

  #test(known: readonly Fixture[], concurrent: boolean): Test {
    const { random } = this;
    const names = [...new Set(known.map(({ name }) => name))];
    const form = concurrent
      ? random.pick(['concurrent', 'concurrent', 'plain'] as const)
      : random.pick(['plain', 'plain', 'plain', 'plain', 'plain', 'failing', 'skip', 'each'] as const);
    return {
      id: this.#id('t'),
      form,
      asks: random.some(names, 3),
      // What a body gets is its error, which `failing` would turn around.
      gets: form !== 'failing' && random.once(3) ? random.some(names, 1) : [],
      fails: this.#fails(form === 'failing' ? 2 : 6),
      how: this.#how(),
      cleanups: this.#ownCleanups(),
    };
  }

  #how(): How {
    return this.random.pick(['throw', 'throw', 'throw', 'throw', 'task', 'hang']);
  }

  /** The limits of what lives longer than a file are reported elsewhere. */
  #howOf(scope: Scope | undefined): How {
    const how = this.#how();
    if (scope === 'test') return how;
    if (scope !== 'describe' && scope !== 'file') return 'throw';
    return how === 'task' && EXCLUDED.tasksOfWide ? 'throw' : how;
  }

  #ownCleanups(): Fails[] {
    return EXCLUDED.ownCleanups
      ? []
      : this.random.list(0, 2, () => this.#fails(5)).slice(this.random.below(3));
  }

  #fails(times: number): Fails {
    return this.random.once(times) ? this.random.pick(['always', 'once']) : 'no';
  }

  #id(letter: string): string {
    return `${letter}${++this.#ids}`;
  }
}
