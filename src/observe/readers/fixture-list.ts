import type { Problem } from '../../errors/problem';
import { unknownListed } from '../../errors/project/readers';
import { readFileSync } from '../../node/fs';
import { dirname } from '../../node/path';
import { getOrMake } from '../../util/get-or-make';
import type { Id, TimedEvent } from '../events/event';
import type { AskedEvent, DeclaredEvent } from '../events/listed';
import type { Print, Reader } from '../rows/reader';
import { shownPath } from '../rows/shown-path';
import { BUILT_IN_TEXTS } from './built-in-texts';
import { commentAbove } from './comment-above';

const REQUEST: DeclaredEvent = {
  type: 'declared',
  name: 'request',
  scope: 'of its requester',
  auto: false,
  kind: 'builtin',
  place: '',
  requests: [],
  root: '',
};

/** `--fixtures`: what can be requested, per directory from the root inward; with names, who requests those. */
export class FixtureList implements Reader {
  readonly #declared = new Map<string, DeclaredEvent>();
  /** By declaration, each requester once. */
  readonly #asked = new Map<string, Map<string, AskedEvent>>();
  /** The problem with each of the names that nothing declares; known at the end. */
  unknown: readonly Problem[] = [];

  constructor(
    readonly print: Print,
    /** Only these; all where it is empty. */
    readonly names: readonly string[],
    /** Whole comments, and what each depends on. */
    readonly verbose: boolean,
    /** The root of the run: paths are relative to it. */
    readonly root: string,
    /** No test file is listed: only directories where there may be one. */
    readonly hasNoTests: boolean,
  ) {}

  take(event: TimedEvent, _lane: Id): void {
    if (event.type === 'declared') this.#declared.set(keyOf(event), event);
    else if (event.type === 'asked') this.#ask(event);
  }

  end(): void {
    const declared = [...this.#declared.values()];
    // It is made for each requester, and declared nowhere.
    const all = declared.length === 0 ? [] : [...declared, REQUEST];
    const shown = all.filter(({ name }) => this.names.length === 0 || this.names.includes(name));
    const lines = this.#sections(shown.filter(({ kind }) => kind !== 'builtin'));
    const builtIns = shown.filter(({ kind }) => kind === 'builtin').sort(byName);
    if (builtIns.length > 0) lines.push('built in', ...this.#builtIns(builtIns), '');
    if (all.length === 0) lines.push('No test file declares or sees a fixture.', '');
    else if (this.hasNoTests) lines.push('There is no test file here yet. One would see these fixtures.', '');
    this.print(`\n${lines.join('\n')}`);
    const nameOf = ({ name }: DeclaredEvent): string => name;
    const own = new Set(declared.filter(({ kind }) => kind !== 'builtin').map(nameOf));
    const known = new Set(all.map(nameOf));
    this.unknown = this.names
      .filter(name => !known.has(name))
      .map(name => unknownListed(name, [...own].sort(), [...known]));
    this.#declared.clear();
    this.#asked.clear();
  }

  #ask(event: AskedEvent): void {
    const { by, byPath, byLine, root } = event;
    const at = this.#placeOf({ path: byPath, line: byLine, root });
    const text = at === undefined ? by : `${by}  ${at}`;
    getOrMake(this.#asked, declarationOf(event), () => new Map()).set(text, event);
  }

  #placeOf({ path, line, root }: Placed): string | undefined {
    return path === undefined ? undefined : `${shownPath(path, this.root, root)}:${line}`;
  }

  /** A section per place that declares something, with what can be requested there, the nearest declaration first. */
  #sections(declared: readonly DeclaredEvent[]): string[] {
    const places = [...new Set(declared.map(({ place }) => place))];
    places.sort((a, b) => depthOf(a) - depthOf(b) || (a < b ? -1 : 1));
    return places.flatMap(place => {
      const isFile = declared.some(each => each.place === place && isInFile(each));
      const seen = declared.filter(each =>
        isFile ? each.place === place : !isInFile(each) && contains(each.place, place),
      );
      seen.sort((a, b) => depthOf(b.place) - depthOf(a.place) || byPlace(a, b));
      putLastFirst(seen);
      const shown = place === this.root ? '.' : shownPath(place, this.root);
      const isRoot = seen.some(({ root }) => root === place);
      const title = isRoot
        ? `${shown} (the whole project)`
        : isFile
          ? `${shown} (in this file only)`
          : `${shown}/`;
      const nearest = new Set<string>();
      return [
        title,
        ...seen.flatMap(each => {
          const key = isFile ? levelOf(each) : each.name;
          const overridden = nearest.has(key);
          nearest.add(key);
          return this.#entry(each, overridden);
        }),
        '',
      ];
    });
  }

  /** A line each: they are many, and the same in each project. */
  #builtIns(builtIns: readonly DeclaredEvent[]): string[] {
    if (this.verbose || this.names.length > 0) return builtIns.flatMap(each => this.#entry(each));
    const width = Math.max(...builtIns.map(({ name }) => name.length));
    return builtIns.map(({ name }) => `  ${name.padEnd(width)}  ${BUILT_IN_TEXTS[name] ?? ''}`.trimEnd());
  }

  #entry(event: DeclaredEvent, overridden = false): string[] {
    const { name, scope, auto, params, kind, titles, requests } = event;
    const facts = [
      `scope ${scope}`,
      ...(auto ? ['auto'] : []),
      ...(params === undefined ? [] : [params === 1 ? '1 param' : `${params} params`]),
      ...(titles === undefined ? [] : [`in "${titles.join(' › ')}"`]),
      ...(overridden ? ['overridden'] : []),
    ];
    const comment = kind === 'builtin' ? [BUILT_IN_TEXTS[name] ?? ''] : commentOf(event);
    const dependencies = requests.filter(each => each !== 'request');
    return [
      `  ${name}  ${facts.join(', ')}  ${this.#placeOf(event) ?? 'built in'}`,
      ...(this.verbose ? comment : comment.slice(0, 1)).filter(Boolean).map(text => `      ${text}`),
      ...(this.verbose && dependencies.length > 0 ? [`      depends on: ${dependencies.join(', ')}`] : []),
      ...(this.names.length === 0 ? [] : this.#askers(event)),
    ];
  }

  #askers(event: DeclaredEvent): string[] {
    // Files run in an order of Jest's, which changes from run to run.
    const asked = [...(this.#asked.get(declarationOf(event)) ?? [])]
      .sort(([, a], [, b]) => byPlace(requesterOf(a), requesterOf(b)))
      .map(([text]) => text);
    return asked.length === 0
      ? ['      nothing requests it']
      : ['      requested by:', ...asked.map(text => `        ${text}`)];
  }
}

/** A place as events give it. */
interface Placed {
  readonly path?: string | undefined;
  readonly line?: number | undefined;
  readonly root: string;
}

/** A built-in is the same in each project. */
const declarationOf = ({ name, path = '', line = 0 }: Placed & { readonly name: string }): string =>
  [name, path, line].join('\0');

/** The same declaration is seen from many files; a setup file runs again in each directory. */
function keyOf(event: DeclaredEvent): string {
  const { kind, place, titles = [] } = event;
  return [declarationOf(event), ...(kind === 'builtin' ? [] : [place, ...titles])].join('\0');
}

const isInFile = ({ kind }: DeclaredEvent): boolean => kind === 'file' || kind === 'describe';

const depthOf = (place: string): number => place.split(/[\\/]/).length;

const contains = (outer: string, inner: string): boolean => {
  for (let each = inner; ; each = dirname(each)) {
    if (each === outer) return true;
    if (dirname(each) === each) return false;
  }
};

const byName = (a: DeclaredEvent, b: DeclaredEvent): number => (a.name < b.name ? -1 : 1);

const requesterOf = ({ byPath, byLine, root }: AskedEvent): Placed => ({ path: byPath, line: byLine, root });

const byPlace = (a: Placed, b: Placed): number =>
  a.path === b.path ? (a.line ?? 0) - (b.line ?? 0) : (a.path ?? '') < (b.path ?? '') ? -1 : 1;

/** What overrides each other in one file: the same name in the same block. */
const levelOf = ({ name, path = '', titles = [] }: DeclaredEvent): string =>
  [path, name, ...titles].join('\0');

/** Of a name that one file declares several times on one level, the last declaration is the nearest. */
function putLastFirst(sorted: DeclaredEvent[]): void {
  const indexes = new Map<string, number[]>();
  for (const [index, each] of sorted.entries()) getOrMake(indexes, levelOf(each), () => []).push(index);
  for (const of of indexes.values()) {
    const reversed = of.map(index => sorted[index]!).reverse();
    for (const [i, index] of of.entries()) sorted[index] = reversed[i]!;
  }
}

function commentOf({ path, line }: DeclaredEvent): string[] {
  if (path === undefined || line === undefined) return [];
  try {
    return commentAbove(readFileSync(path, 'utf8').split(/\r?\n/), line);
  } catch {
    // Made by a transform, and in no file.
    return [];
  }
}
