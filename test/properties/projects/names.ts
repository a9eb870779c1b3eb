import { type Fixture, SCOPES, type Scope, widthOf } from './project';

/*
 * What names mean, and in which order what they stand for comes up: sections "Where declared", "Scopes" and "Order" of
 * the contract, once more and without a look at the engine.
 */

/** One part of the tree in which fixtures are declared. */
export interface Place {
  readonly kind: 'directory' | 'file' | 'describe';
  /** Unique in the project: the path of a directory or file, the id of a block. */
  readonly name: string;
  readonly outer: Place | undefined;
  readonly fixtures: readonly Fixture[];
}

/** A declaration as it is seen from one place. */
export interface Resolved {
  /** The same for all that share their instances. */
  readonly id: string;
  readonly fixture: Fixture;
  readonly scope: Scope;
  readonly auto: boolean;
  /** Where its instances live; undefined for those of a test. */
  readonly home: Place | undefined;
  readonly needs: readonly Resolved[];
  /** The parametrised ones that it is or needs. */
  readonly varying: readonly Resolved[];
}

/** What random declarations get wrong: such projects are left out. */
export class Mistake extends Error {}

interface Declared {
  readonly fixture: Fixture;
  readonly place: Place;
}

/** All declarations of a name, the nearest first. */
function declared(name: string, from: Place | undefined): Declared[] {
  if (from === undefined) return [];
  const here = from.fixtures
    .filter(fixture => fixture.name === name)
    .map(fixture => ({ fixture, place: from }));
  return [...here.reverse(), ...declared(name, from.outer)];
}

/** An override inherits the scope that it does not give, as wide as its place allows. */
function scopeOf([nearest, ...outer]: readonly Declared[]): Scope {
  if (nearest === undefined) return 'test';
  const { fixture, place } = nearest;
  if (fixture.scope !== undefined) return fixture.scope;
  const inherited = scopeOf(outer);
  const widest = place.kind === 'directory' ? 'session' : place.kind;
  return SCOPES[Math.min(widthOf(inherited), widthOf(widest))]!;
}

function autoOf([nearest, ...outer]: readonly Declared[]): boolean {
  return nearest !== undefined && (nearest.fixture.auto || autoOf(outer));
}

function fileOf(place: Place): Place {
  if (place.kind !== 'describe') return place;
  return fileOf(place.outer!);
}

function outermostDescribe(place: Place): Place | undefined {
  if (place.kind !== 'describe') return undefined;
  return outermostDescribe(place.outer!) ?? place;
}

function homeOf(scope: Scope, place: Place, from: Place): Place | undefined {
  if (scope === 'test') return undefined;
  if (scope === 'file') return fileOf(from);
  if (scope !== 'describe') return place;
  return place.kind === 'describe' ? place : (outermostDescribe(from) ?? fileOf(from));
}

/** What `name` resolves to in `from`. */
export function resolve(name: string, from: Place): Resolved {
  return resolveOne(declared(name, from), from, [], name);
}

function resolveOne(
  all: readonly Declared[],
  from: Place,
  chain: readonly Fixture[],
  name: string,
): Resolved {
  const [nearest] = all;
  if (nearest === undefined) throw new Mistake(`nothing declares ${name}`);
  const { fixture, place } = nearest;
  if (chain.includes(fixture)) throw new Mistake(`${name} needs itself`);
  const scope = scopeOf(all);
  const home = homeOf(scope, place, from);
  const view = home ?? from;
  const needs = fixture.deps.map(dep => {
    // By its own name it gets the next one further out.
    const own = declared(dep, view);
    const rest = dep !== fixture.name ? own : own.slice(own.findIndex(each => each.fixture === fixture) + 1);
    if (dep === fixture.name && rest.length === own.length)
      throw new Mistake(`${name} is not seen from its home`);
    return resolveOne(rest, view, [...chain, fixture], dep);
  });
  for (const need of needs)
    if (widthOf(need.scope) < widthOf(scope)) throw new Mistake(`${name} would outlive ${need.fixture.name}`);
  const varying = [...new Map(needs.flatMap(need => need.varying).map(each => [each.id, each])).values()];
  const id = `${fixture.key}@${home?.name ?? ''}:${scope}(${needs.map(need => need.id).join()})`;
  const resolved = { id, fixture, scope, auto: autoOf(all), home, needs, varying };
  if (fixture.params > 0) resolved.varying.push(resolved);
  return resolved;
}

/** What comes up without a request, the outermost declaration of a name first. */
export function autosOf(from: Place): Resolved[] {
  const names = (place: Place | undefined): string[] =>
    place === undefined ? [] : [...names(place.outer), ...place.fixtures.map(({ name }) => name)];
  return [...new Set(names(from))]
    .filter(name => autoOf(declared(name, from)))
    .map(name => resolve(name, from));
}

/** All that `roots` need, in the order in which it comes up. */
export function inOrder(roots: readonly Resolved[]): Resolved[] {
  const all = new Map<string, Resolved>();
  const add = (one: Resolved, to: Map<string, Resolved>, wanted: (one: Resolved) => boolean): void => {
    if (to.has(one.id) || !wanted(one)) return;
    for (const need of one.needs) add(need, to, wanted);
    to.set(one.id, one);
  };
  for (const root of roots) add(root, all, () => true);
  const ordered = new Map<string, Resolved>();
  for (const scope of [...SCOPES].reverse()) {
    const same = [...all.values()].filter(one => one.scope === scope);
    const within = (one: Resolved): boolean => one.scope === scope;
    for (const one of same) if (one.auto) add(one, ordered, within);
    for (const one of same) add(one, ordered, within);
  }
  return [...ordered.values()];
}

/** The same where `later` are requested afterwards: nothing wider comes up after something narrower. */
export function inOrderAhead(now: readonly Resolved[], later: readonly Resolved[]): Resolved[] {
  const first = inOrder(now);
  const narrowest = Math.min(...first.map(({ scope }) => widthOf(scope)));
  const ahead = inOrder(later).filter(({ scope }) => widthOf(scope) > narrowest);
  return inOrder([...now, ...ahead]);
}

/** The parametrised fixtures that `roots` need, in the order of their requests. */
export function varyingOf(roots: readonly Resolved[]): Resolved[] {
  return [...new Map(roots.flatMap(root => root.varying).map(one => [one.id, one])).values()];
}
