import { blocksOf, type Fixture, type Hook, type Project, type Test } from './project';
import type { Process, Ran } from './run-projects';

/*
 * The crash rules, as far as they can be read off what happened: they hold also where the order of events is open, with
 * workers, concurrent tests and parallel set-up.
 */

interface Life {
  readonly id: string;
  readonly key: string;
  readonly scope: string;
  readonly process: Process;
  readonly needs: readonly string[];
  readonly param: string;
  readonly started: number;
  readonly ups: number[];
  readonly downs: number[];
  readonly cleanups: { readonly index: number; readonly at: number }[];
  /** When its task was over. */
  readonly ended: number[];
  failed: boolean;
}

const WITH_TEARDOWN = new Set(['generator', 'asyncGenerator', 'use']);

export function brokenRules(project: Project, ran: Ran): string[] {
  const found: string[] = [];
  const fixtures = new Map(allFixtures(project).map(fixture => [fixture.key, fixture]));
  const lives = new Map<string, Life>();
  for (const process of ran.processes) readLives(process, lives, found);
  for (const life of lives.values()) {
    found.push(...brokenBy(life, fixtures.get(life.key)!));
    found.push(...brokenNeeds(life, lives));
  }
  found.push(...severalAtOnce([...lives.values()]));
  for (const process of ran.processes) {
    found.push(...brokenUses(process, lives));
    found.push(...brokenDirectories(project, process, lives));
  }
  found.push(...wrongErrors(project, ran, lives));
  return found;
}

function allFixtures(project: Project): Fixture[] {
  return [
    ...Object.values(project.directories).flat(),
    ...project.files.flatMap(({ root }) => blocksOf(root).flatMap(({ fixtures }) => fixtures)),
  ];
}

/** In several processes an id counts per process, except that of a session fixture, which crosses. */
const idIn = (process: Process, id: string, lives: ReadonlyMap<string, Life>): Life | undefined =>
  lives.get(`${process.pid} ${id}`) ??
  [...lives.values()].find(life => life.id === id && life.scope === 'session');

function readLives(process: Process, lives: Map<string, Life>, found: string[]): void {
  for (const [at, line] of process.events.entries()) {
    const [, event] = /^\S+ (.*)$/.exec(line)!;
    const started = /^start (\S+) (\S+) < (\S*)(?: \| (.*))?$/.exec(event!);
    if (started !== null) {
      const [, id, scope, needs, param = ''] = started;
      const life: Life = {
        id: id!,
        key: id!.replace(/@.*/, ''),
        scope: scope!,
        process,
        needs: needs!.split(',').filter(each => each.includes('@')),
        param,
        started: at,
        ups: [],
        downs: [],
        cleanups: [],
        ended: [],
        failed: false,
      };
      lives.set(`${process.pid} ${id}`, life);
      continue;
    }
    const [, what, index, id] =
      /^(up|down|cleanup (\d+) of|(?:throw E|hang \S+) set-up of|ended) (\S+)$/.exec(event!) ?? [];
    if (what === undefined) continue;
    const life = lives.get(`${process.pid} ${id}`);
    if (life === undefined) found.push(`"${line}" of what never started`);
    else if (what === 'up') life.ups.push(at);
    else if (what === 'down') life.downs.push(at);
    else if (what === 'ended') life.ended.push(at);
    else if (index !== undefined) life.cleanups.push({ index: Number(index), at });
    else life.failed = true;
  }
}

/** Up or failed, down once, each cleanup once, in reverse, after the teardown. */
function brokenBy(life: Life, { kind, cleanups, task, how }: Fixture): string[] {
  const found: string[] = [];
  const { id, ups, downs, failed } = life;
  if (ups.length + (failed ? 1 : 0) !== 1) found.push(`${id} came up ${ups.length} times, failed: ${failed}`);
  const expected = WITH_TEARDOWN.has(kind) && !failed ? 1 : 0;
  if (downs.length !== expected) found.push(`${id} went down ${downs.length} times`);
  const order = life.cleanups.map(({ index }) => index).join();
  if (order !== [...cleanups.keys()].reverse().join()) found.push(`the cleanups of ${id} that ran: ${order}`);
  if (life.cleanups.some(({ at }) => at < (downs[0] ?? ups[0] ?? life.started)))
    found.push(`a cleanup of ${id} ran before its end`);
  // A set-up that was given up is cancelled with all that it had started, and then cleaned up.
  const last = Math.max(life.started, ...(failed && how !== 'throw' ? [] : endings(life)));
  if (life.ended.length !== (task ? 1 : 0) || life.ended.some(at => at < last))
    found.push(`the task of ${id} ended ${life.ended.length} times, or too early`);
  return found;
}

const endings = ({ downs, cleanups }: Life): number[] => [...downs, ...cleanups.map(({ at }) => at)];

/** What it needs is up before it starts and until it is down. */
function brokenNeeds(life: Life, lives: ReadonlyMap<string, Life>): string[] {
  return life.needs.flatMap(name => {
    const need = idIn(life.process, name, lives);
    if (need === undefined) return [`${life.id} needs ${name}, which was never set up`];
    if (need.process !== life.process) return [];
    const isUp = need.ups.length > 0 && need.ups[0]! < life.started;
    const last = Math.max(life.started, ...endings(life));
    return [
      ...(isUp ? [] : [`${life.id} started before ${name} was up`]),
      ...(endings(need).some(at => at < last) ? [`${name} ended before ${life.id}`] : []),
    ];
  });
}

/** One for the run, one for the worker, one at a time for a directory; the same for each value. */
function severalAtOnce(lives: readonly Life[]): string[] {
  const found: string[] = [];
  for (const [index, life] of lives.entries()) {
    if (life.ups.length === 0) continue;
    for (const other of lives.slice(0, index)) {
      if (other.ups.length === 0 || other.key !== life.key) continue;
      if (
        life.scope === 'file' &&
        other.id.split('#')[0] === life.id.split('#')[0] &&
        areUpAtOnce(other, life)
      )
        if (other.param !== life.param) found.push(`${life.id} came up for ${life.param} beside ${other.id}`);
      if (other.param !== life.param) continue;
      if (other.scope !== life.scope || other.needs.join() !== life.needs.join()) continue;
      const same = other.process === life.process;
      const broken =
        life.scope === 'session' ||
        (life.scope === 'worker' && same) ||
        (life.scope === 'directory' &&
          same &&
          !endings(other).some(at => at < life.started) &&
          endings(other).length > 0);
      if (broken) found.push(`${life.id} came up beside ${other.id}`);
    }
  }
  return found;
}

const areUpAtOnce = (other: Life, life: Life): boolean =>
  endings(other).length > 0 && !endings(other).some(at => at < life.started);

/** What a hook or body is given is up while it runs; what lives for a test is given to one test. */
function brokenUses(process: Process, lives: ReadonlyMap<string, Life>): string[] {
  const found: string[] = [];
  const users = new Map<Life, string>();
  for (const [at, line] of process.events.entries()) {
    const [, what, me, needs] = /^\S+ (hook|body) (.*@\S+) < (\S*)$/.exec(line) ?? [];
    if (what === undefined) continue;
    const end = process.events.findIndex((other, index) => index > at && other.endsWith(` end ${me}`));
    for (const name of needs!.split(',').filter(each => each.includes('@'))) {
      const need = idIn(process, name, lives);
      if (need === undefined || need.ups.length === 0) {
        found.push(`${what} ${me} was given ${name}, which did not come up`);
        continue;
      }
      if (need.process === process) {
        if (need.ups[0]! > at) found.push(`${what} ${me} was given ${name} before it was up`);
        if (endings(need).some(ending => ending < Math.max(at, end)))
          found.push(`${name} ended before ${what} ${me}`);
      }
      if (need.scope !== 'test' || what !== 'body') continue;
      if (users.has(need)) found.push(`${name} was given to ${users.get(need)} and ${me}`);
      users.set(need, me!);
    }
  }
  return found;
}

/** What lives for a directory is down before the process begins a file elsewhere. */
function brokenDirectories(
  { directories }: Project,
  process: Process,
  lives: ReadonlyMap<string, Life>,
): string[] {
  const inner = new Set((directories.d ?? []).map(({ key }) => key));
  const begun = process.events.flatMap((line, at) =>
    line.endsWith(' file') ? [{ path: line.split(' ')[0]!, at }] : [],
  );
  return [...lives.values()].flatMap(life => {
    if (life.process !== process || life.scope !== 'directory' || !inner.has(life.key)) return [];
    const last = Math.max(life.started, ...endings(life));
    return begun
      .filter(({ path, at }) => at > life.started && at < last && !path.startsWith('d/'))
      .map(({ path }) => `${life.id} was up in ${path}`);
  });
}

/** Each error is reported once, where it belongs; and nothing else is. */
function wrongErrors(project: Project, ran: Ran, lives: ReadonlyMap<string, Life>): string[] {
  const found: string[] = [];
  const all: { text: string; path: string; test: string | undefined }[] = [];
  for (const [path, { tests, errors }] of Object.entries(ran.files)) {
    for (const { name, messages, status } of tests) {
      all.push(...messages.map(text => ({ text, path, test: name })));
      if (status === 'passed' && messages.length > 0) found.push(`${name} passed with errors`);
      if (status === 'failed' && messages.length === 0) found.push(`${name} failed without an error`);
    }
    all.push(...errors.map(text => ({ text, path, test: undefined })));
  }
  const throws = new Set<string>();
  const byId = new Map([...lives.values()].map(life => [life.id, life]));
  for (const { events } of ran.processes) {
    for (const line of events) {
      const [, where, what] = /^(\S+) (?:throw E|hang \S+) (.*)$/.exec(line) ?? [];
      if (what === undefined) continue;
      const text = `E ${what}`;
      throws.add(text);
      found.push(...misplaced(project, ran, where!, text, byId, all));
    }
  }
  for (const { text, path, test } of all) {
    const plain = text.replace(/\s+\(first seen in (?:".*"|\w+ hook.*)\)$/, '');
    if (throws.has(plain) || text.startsWith('Failing test passed even though')) continue;
    found.push(`${path}: ${test ?? 'the file'} was given "${text}", which nothing threw`);
  }
  return found;
}

function misplaced(
  project: Project,
  ran: Ran,
  where: string,
  text: string,
  byId: ReadonlyMap<string, Life>,
  all: readonly { text: string; path: string; test: string | undefined }[],
): string[] {
  const file = project.files.find(({ path }) => path === where);
  // Of a test that is run again Jest keeps the last attempt's errors alone.
  if (file !== undefined && file.retries > 0) return [];
  const same = all.filter(each => each.text === text);
  const onTests = same.filter(({ test }) => test !== undefined);
  const wrong = (): string[] => [
    `"${text}" of ${where} was reported ${same.length} times: ${same.map(({ test }) => test ?? 'file').join()}`,
  ];
  const [, body] = /^E body (.*)@\S+$/.exec(text) ?? [];
  if (body !== undefined) {
    const isFailing = testsOf(project).some(
      ({ id, form }) => form === 'failing' && body.replace(/ \[.*/, '').endsWith(id),
    );
    if (isFailing) return same.length === 0 ? [] : wrong();
    return same.length === 1 && same[0]!.test === body ? [] : wrong();
  }
  const [, hook] = /^E hook (.*)@\S+$/.exec(text) ?? [];
  if (hook !== undefined) {
    const { type } = hooksOf(project).find(({ id }) => id === hook)!;
    if (type === 'beforeAll') return onTests.length === same.length && same.length > 0 ? [] : wrong();
    if (type === 'afterAll') return same.length === 1 && onTests.length === 0 ? [] : wrong();
    return same.length === 1 && onTests.length === 1 ? [] : wrong();
  }
  const [, owner] = /^E finally \d+ of (.*)@\S+$/.exec(text) ?? [];
  if (owner !== undefined) {
    const type = hooksOf(project).find(({ id }) => id === owner)?.type;
    const onFile = type === 'beforeAll' || type === 'afterAll';
    return same.length === 1 && onTests.length === (onFile ? 0 : 1) ? [] : wrong();
  }
  const [, what, id] = /^E (set-up|teardown|cleanup \d+) of (\S+)$/.exec(text)!;
  const { scope } = byId.get(id!)!;
  if (scope === 'test') return same.length === 1 && onTests.length === 1 ? [] : wrong();
  if (where === 'out' && project.files.some(({ retries }) => retries > 0)) return [];
  // A beforeAll hook gives its error to each test of its block.
  if (what === 'set-up') return all.some(each => each.text.startsWith(text)) ? [] : wrong();
  if (where !== 'out') return same.length === 1 && onTests.length === 0 ? [] : wrong();
  const times = ran.wide.filter(each => each === text).length;
  return times > 0 && ran.report.code !== 0 && same.length === 0 ? [] : wrong();
}

const testsOf = ({ files }: Project): Test[] =>
  files.flatMap(({ root }) => blocksOf(root).flatMap(({ tests }) => tests));
const hooksOf = ({ files }: Project): Hook[] =>
  files.flatMap(({ root }) => blocksOf(root).flatMap(({ hooks }) => hooks));
