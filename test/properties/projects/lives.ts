import type { Resolved } from './names';
import { type Fails, type How, widthOf } from './project';

/*
 * The instances of one process as its files run one after the other: what comes up, what fails, what goes down, by the
 * crash rules of the contract.
 */

/** An error as a test or file is given it. */
export interface Reported {
  /** The error that was thrown. */
  readonly cause: string;
  readonly text: string;
}

export type Outcome = Reported | undefined;

/** A test attempt, or a beforeAll or afterAll hook. */
export interface Runner {
  readonly label: string;
  readonly variant: ReadonlyMap<string, number>;
  /** Where its test-scoped instances live. */
  readonly home: string | undefined;
  /** What a further attempt has tried once more; undefined for others. */
  readonly again: Set<string> | undefined;
}

/** A cleanup of a test's or hook's own. */
interface Own {
  readonly what: string;
  readonly fails: Fails;
}

interface Instance {
  readonly one: Resolved;
  readonly id: string;
  /** Set where its set-up failed. */
  readonly failure?: { readonly error: string; readonly by: Runner };
}

const WITH_TEARDOWN = new Set(['generator', 'asyncGenerator', 'use']);

export class Lives {
  readonly events: string[] = [];
  where = '';
  #path = '';
  #counts = new Map<string, number>();
  readonly #outside = new Map<string, number>();
  /** What cleanups of failed set-ups threw, by home. */
  readonly #errors = new Map<string, string[]>();
  readonly #homes = new Map<string, Map<string, Instance | Own>>();
  /** What teardowns of those that outlive their file threw. */
  readonly errors: string[] = [];

  /** A test file begins: what it does not lie in has ended. */
  begin(path: string): void {
    if (!path.startsWith('d/')) this.leave('directory d');
    this.#path = path;
    this.where = path.replace(/^.*\/|\.test\.js$/g, '');
    this.#counts = new Map();
    this.log('file');
  }

  /** Ends a home that outlives files. */
  leave(home: string): void {
    const inFile = this.#path;
    this.#path = 'out';
    this.errors.push(...this.close(home));
    this.#path = inFile;
  }

  /** A file elsewhere begins. */
  leaveDirectories(): void {
    for (const home of ['directory d', 'directory ']) this.leave(home);
  }

  /** The end of the process. */
  end(): void {
    this.leaveDirectories();
    for (const home of ['worker', 'session']) this.leave(home);
  }

  log(event: string, where = this.#path): void {
    this.events.push(`${where} ${event}`);
  }

  count(what: string, outside = false): number {
    const counts = outside ? this.#outside : this.#counts;
    const next = (counts.get(what) ?? 0) + 1;
    counts.set(what, next);
    return next;
  }

  /** The error where something fails at this point. */
  fails(what: string, fails: Fails, where = this.#path, how: How = 'throw'): Reported[] {
    if (fails === 'no') return [];
    const times = this.count(`due ${what.replace(/#\d+$/, '')}`, where === 'out');
    if (times > 1 && fails === 'once') return [];
    const text = `E ${what}`;
    this.log(how === 'hang' ? `hang ${15 + this.count('hang') / 1000} ${what}` : `throw ${text}`, where);
    return [{ cause: text, text }];
  }

  idsOf(asked: readonly Resolved[], runner: Runner): string {
    return asked.map(one => this.#find(one, runner)!.id).join(',');
  }

  /** Brings up what is not up, until one fails. */
  setUp(order: readonly Resolved[], runner: Runner): Outcome {
    for (const one of order) {
      let instance = this.#find(one, runner);
      if (instance?.failure !== undefined && one.scope !== 'test' && runner.again !== undefined) {
        // A further attempt tries once more what failed in an earlier one.
        if (!runner.again.has(one.id)) instance = undefined;
      }
      runner.again?.add(one.id);
      instance ??= this.#begin(one, runner);
      if (instance.failure === undefined) continue;
      const { error, by } = instance.failure;
      return { cause: error, text: by === runner ? error : `${error} (first seen in "${by.label}")` };
    }
    return undefined;
  }

  /** Something that a test or hook has registered goes down with what is up. */
  register(home: string, me: string, cleanups: readonly Fails[]): void {
    const known = this.#homes.get(home) ?? new Map();
    this.#homes.set(home, known);
    for (const [index, fails] of cleanups.entries()) {
      const what = `finally ${index} of ${me}`;
      known.set(what, { what, fails });
    }
  }

  /** Takes all of a home down, the last first. Gives the errors. */
  close(home: string): string[] {
    const instances = [...(this.#homes.get(home)?.values() ?? [])].reverse();
    const before = this.#errors.get(home) ?? [];
    this.#homes.delete(home);
    this.#errors.delete(home);
    const after = instances.flatMap(instance => {
      if ('what' in instance) {
        this.log(instance.what);
        return this.fails(instance.what, instance.fails).map(({ text }) => text);
      }
      const { one, id, failure } = instance;
      if (failure !== undefined || one.fixture.kind === 'value') return [];
      const errors: string[] = [];
      const where = isOutside(one) ? 'out' : this.#path;
      if (WITH_TEARDOWN.has(one.fixture.kind)) {
        this.log(`down ${id}`, where);
        errors.push(...this.fails(`teardown of ${id}`, one.fixture.tearDown, where).map(({ text }) => text));
      }
      errors.push(...this.#cleanUp(one, id));
      return errors;
    });
    return [...before, ...after];
  }

  #cleanUp(one: Resolved, id: string, hasEnded = false): string[] {
    const where = isOutside(one) ? 'out' : this.#path;
    const errors = one.fixture.cleanups
      .map((fails, index) => ({ fails, what: `cleanup ${index} of ${id}` }))
      .reverse()
      .flatMap(({ fails, what }) => {
        this.log(what, where);
        return this.fails(what, fails, where).map(({ text }) => text);
      });
    if (one.fixture.task && !hasEnded) this.log(`ended ${id}`, where);
    return errors;
  }

  #nameOfHome({ scope, home }: Resolved, runner: Runner): string {
    if (scope === 'test') return runner.home!;
    return scope === 'worker' || scope === 'session' ? scope : `${scope} ${home!.name}`;
  }

  #homeOf(one: Resolved, runner: Runner): Map<string, Instance | Own> {
    const name = this.#nameOfHome(one, runner);
    const known = this.#homes.get(name) ?? new Map();
    this.#homes.set(name, known);
    return known;
  }

  #keyOf(one: Resolved, { variant }: Runner): string {
    return [one.id, ...one.varying.map(({ id }) => variant.get(id) ?? 0)].join(' ');
  }

  #find(one: Resolved, runner: Runner): Instance | undefined {
    return this.#homeOf(one, runner).get(this.#keyOf(one, runner)) as Instance | undefined;
  }

  #begin(one: Resolved, runner: Runner): Instance {
    const instance = this.#setUpOf(one, runner);
    const home = this.#homeOf(one, runner);
    const key = this.#keyOf(one, runner);
    // It came up now, whenever an earlier try of it failed.
    home.delete(key);
    home.set(key, instance);
    return instance;
  }

  #setUpOf(one: Resolved, runner: Runner): Instance {
    const { fixture, needs } = one;
    const { key, kind, params, setUp, how } = fixture;
    if (kind === 'value') return { one, id: key };
    const outside = isOutside(one);
    const where = outside ? 'out' : this.#path;
    const id = `${key}@${outside ? 'out' : this.where}#${this.count(`life ${key}`, outside)}`;
    const param = params > 0 ? ` | ${runner.variant.get(one.id) ?? 0}` : '';
    this.log(`start ${id} ${one.scope} < ${this.idsOf(needs, runner)}${param}`, where);
    const [failed] = this.fails(`set-up of ${id}`, setUp, where, how);
    if (failed === undefined) {
      this.log(`up ${id}`, where);
      return { one, id };
    }
    // What was given up is cancelled at once, with all that it had started.
    const isGivenUp = how !== 'throw';
    if (fixture.task && isGivenUp) this.log(`ended ${id}`, where);
    // What its cleanups throw belongs to its scope.
    const home = this.#nameOfHome(one, runner);
    this.#errors.set(home, [...(this.#errors.get(home) ?? []), ...this.#cleanUp(one, id, isGivenUp)]);
    return { one, id, failure: { error: failed.text, by: runner } };
  }
}

/** Whether an instance lives outside of the sandbox of a test file. */
export const isOutside = ({ scope }: Pick<Resolved, 'scope'>): boolean => widthOf(scope) > widthOf('file');
