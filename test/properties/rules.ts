import type { FileReport } from '../e2e/report';
import {
  type BlockSpec,
  type FixtureSpec,
  type HookSpec,
  type SuiteSpec,
  type TestSpec,
  varies,
} from './suite';

interface Life {
  readonly id: string;
  readonly scope: string;
  readonly needs: readonly string[];
  started: number;
  up?: number;
  down?: number;
}

/** What breaks the crash rules in the report of a random suite; empty where all is well. */
export function breaches(suite: SuiteSpec, report: FileReport): string[] {
  const found: string[] = [];
  const lives = livesOf(report.events, found);
  for (const life of lives.values()) found.push(...breachesOf(life, lives));
  found.push(
    ...lostErrors(suite, report),
    ...lostTimeouts(suite, report),
    ...strayWork(suite, report, lives),
  );
  found.push(...wrongOutcomes(report));
  if (!suite.parallel && !overlaps(suite.root)) found.push(...wrongOrder(suite, [...lives.values()]));
  return found;
}

/** The lives of all instances, by position in the events. */
function livesOf(events: readonly string[], found: string[]): Map<string, Life> {
  const lives = new Map<string, Life>();
  events.forEach((event, at) => {
    const [what, id, scope, needs] = event.split(' ') as [string, string, string, string?];
    if (what === 'start') {
      lives.set(id, { id, scope, needs: needs ? needs.split(',') : [], started: at });
    } else if (what === 'up') {
      lives.get(id)!.up = at;
    } else if (what === 'down') {
      const life = lives.get(id)!;
      if (life.down !== undefined) found.push(`${id} went down twice`);
      if (life.up === undefined) found.push(`${id} went down and never came up`);
      life.down = at;
    }
  });
  return lives;
}

/** Rule 1: what came up goes down once. Rule 2: no dependant of what failed. And nothing outlives its needs. */
function breachesOf(life: Life, lives: ReadonlyMap<string, Life>): string[] {
  const found: string[] = [];
  if (life.up !== undefined && life.down === undefined) found.push(`${life.id} came up and never went down`);
  for (const name of life.needs) {
    const need = lives.get(name)!;
    if (need.up === undefined || need.up > life.started)
      found.push(`${life.id} started before ${name} was up`);
    if (need.down !== undefined && need.down < (life.down ?? life.started)) {
      found.push(`${name} went down before ${life.id}`);
    }
  }
  return found;
}

/** What was started in the background ends, and that of a test before the next one begins. */
function strayWork(suite: SuiteSpec, { events }: FileReport, lives: ReadonlyMap<string, Life>): string[] {
  const found: string[] = [];
  const tasks = events.filter(event => event.startsWith('task ')).map(event => event.slice('task '.length));
  for (const id of tasks) if (!events.includes(`ended ${id}`)) found.push(`the task of ${id} never ended`);
  if (overlaps(suite.root)) return found;
  const ending = new Set<string>();
  const over = new Set<string>();
  for (const event of events) {
    const [what, id] = event.split(' ') as [string, string];
    const failed = /^(?:throw E\d+|hang) set-up of (\S+)/.exec(event)?.[1];
    const ended = what === 'down' ? id : failed;
    if (ended !== undefined && lives.get(ended)?.scope === 'test') ending.add(ended);
    if (what === 'tick' && over.has(id)) found.push(`${id} went on after its end`);
    if (what !== 'run') continue;
    for (const each of ending) over.add(each);
    ending.clear();
    ending.add(id);
  }
  return found;
}

/** Rule 3 for time limits: each that was exceeded is reported once, by its owner. */
function lostTimeouts(suite: SuiteSpec, { events, tests, errors }: FileReport): string[] {
  if (suite.retries > 0) return [];
  const found: string[] = [];
  for (const event of events) {
    const [, what, path, ms] = /^hang (body|hook|set-up|teardown)(?: of)? (\S+) (\S+)/.exec(event) ?? [];
    if (what === undefined) continue;
    const isIt = (text: string): boolean =>
      text.includes(`(timeout=${ms}ms)`) && !text.includes('(first seen in');
    const owners = tests.filter(({ messages }) => messages.some(isIt));
    const times = [...tests.flatMap(({ messages }) => messages), ...errors].filter(isIt).length;
    const expected = what === 'body' && testAt(suite, path!).failing ? 0 : 1;
    if (times > 1 && inBeforeAll(suite, what, path!, events)) continue;
    if (times !== expected) found.push(`"${event}" was reported ${times} times`);
    if (what !== 'body') continue;
    for (const { name } of owners) {
      if (!name.endsWith(path!) && !name.includes(`${path} [`)) found.push(`${name} was given "${event}"`);
    }
  }
  return found;
}

/** Rule 3: each error is reported, and once. */
function lostErrors(suite: SuiteSpec, { events, tests, errors }: FileReport): string[] {
  // Of a test that is run again Jest keeps the errors of the last attempt alone.
  if (suite.retries > 0) return [];
  const found: string[] = [];
  const reported = [...tests.flatMap(({ messages }) => messages), ...errors];
  for (const event of events) {
    if (!event.startsWith('throw ')) continue;
    const message = event.slice('throw '.length);
    const times = reported.filter(text => text === message).length;
    const [, what, path] = /^E\d+ (body|hook|set-up|teardown|cleanup)(?: of)? (\S+)/.exec(message)!;
    const expected = what === 'body' && testAt(suite, path!).failing ? 0 : 1;
    // What fails in a beforeAll hook is given to every test of the block, by Jest.
    if (times > 1 && inBeforeAll(suite, what!, path!, events)) continue;
    if (times !== expected) found.push(`"${message}" was reported ${times} times`);
  }
  return found;
}

function inBeforeAll(suite: SuiteSpec, what: string, path: string, events: readonly string[]): boolean {
  if (what === 'hook') return hookAt(suite, path).type === 'beforeAll';
  return (
    what === 'set-up' &&
    events.some(event => /^start \S+ (describe|file)/.test(event) && event.includes(path))
  );
}

/** A test passes if and only if nothing that ran for it failed; this checks the half that can be read off. */
function wrongOutcomes({ tests }: FileReport): string[] {
  const found: string[] = [];
  for (const { name, status, messages } of tests) {
    if (status === 'passed' && messages.length > 0) found.push(`${name} passed with errors`);
    if (status === 'failed' && messages.length === 0) found.push(`${name} failed without an error`);
    for (const message of messages) {
      const body = /^E\d+ body (\S+)/.exec(message)?.[1];
      if (body !== undefined && !name.endsWith(body) && !name.includes(`${body} [`)) {
        found.push(`${name} was given the error of ${body}`);
      }
    }
  }
  return found;
}

/**
 * In sequence, the instances of a scope go down in the exact reverse of the order in which they came up. Between two of
 * its values a wider fixture goes down alone, though: what does not depend on it stays up for all of them.
 */
function wrongOrder(suite: SuiteSpec, lives: readonly Life[]): string[] {
  const found: string[] = [];
  const severalValues = ({ scope, id }: Life): boolean =>
    scope !== 'test' && varies(suite.fixtures, fixtureOf(suite, id));
  for (const scope of ['test', 'describe', 'file']) {
    const same = lives.filter(
      life => life.scope === scope && life.up !== undefined && life.down !== undefined,
    );
    for (const a of same) {
      for (const b of same) {
        // b came up while a was up, and outlived it.
        const outlived = b.up! > a.up! && b.up! < a.down! && b.down! > a.down!;
        if (outlived && !severalValues(a)) found.push(`${b.id} outlived ${a.id}`);
      }
    }
  }
  return found;
}

/** The fixture of an instance such as `f1#3`. */
function fixtureOf({ fixtures }: SuiteSpec, id: string): FixtureSpec {
  return fixtures.find(({ name }) => name === id.split('#')[0])!;
}

/** The block that a path such as `r.b0.t1` leads through, and its last step. */
function walk({ root }: SuiteSpec, path: string): { block: BlockSpec; last: number } {
  const steps = path.split('.').slice(1);
  let block = root;
  for (const step of steps.slice(0, -1)) block = block.blocks[Number(step.slice(1))]!;
  return { block, last: Number(steps.at(-1)!.slice(1)) };
}

function testAt(suite: SuiteSpec, path: string): TestSpec {
  const { block, last } = walk(suite, path);
  return block.tests[last]!;
}

function hookAt(suite: SuiteSpec, path: string): HookSpec {
  const { block, last } = walk(suite, path);
  return block.hooks[last]!;
}

/** Whether tests of the suite run at the same time. */
function overlaps(block: BlockSpec): boolean {
  return block.tests.some(({ concurrent }) => concurrent) || block.blocks.some(overlaps);
}
