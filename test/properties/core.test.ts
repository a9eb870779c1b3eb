import { type AsyncTimeoutValue, Namespace } from '../../src/fixtures/declare/declaration';
import { ALL_TESTS } from '../../src/fixtures/declare/test-type';
import type { InstanceView } from '../../src/fixtures/life/interfaces/views';
import type { FixtureRequest } from '../../src/fixtures/life/requester/request';
import { suffixOf } from '../../src/fixtures/resolve/variants';
import type { Loop } from '../../src/loop';
import type { FileReport, TestReport } from '../e2e/report';
import * as fc from '../fast-check';
import { sized } from '../sizes';
import { BACKENDS, type OnBackend, withBackend } from '../unit/backends/support';
import { type Attempt, REQUESTER, texts, turn, World } from '../unit/support';
import { breaches } from './rules';
import { type BlockSpec, type FixtureSpec, type Hang, type SuiteSpec, suites, type TestSpec } from './suite';

/*
 * The crash rules on the core alone: hundreds of random files in less time than one run of Jest takes.
 * Hooks, retries and `test.failing` are left to crash-rules.test.ts: they are Jest's.
 */

interface Value {
  readonly id: string;
}

type Deps = Readonly<Record<string, Value>> & {
  readonly asyncTimeout?: AsyncTimeoutValue;
  readonly eventLoop?: Loop;
};
type Use = (value: Value) => Promise<void>;

/** A random file, running. Its fixtures and tests log what they do in the words that rules.ts reads. */
class RandomFile {
  readonly found: string[] = [];
  readonly #world: World;
  readonly #events: string[] = [];
  readonly #tests: TestReport[] = [];
  readonly #errors: string[] = [];
  readonly #instances = new Set<InstanceView>();
  /** What the wide instances that began were for. */
  readonly #wide: string[] = [];
  /** What was registered with onCleanup and has not run yet. */
  readonly #cleanups = new Set<string>();
  #lives = 0;
  #failures = 0;
  #hangs = 0;

  constructor(
    readonly suite: SuiteSpec,
    on: OnBackend,
  ) {
    this.#world = new World(loop => on.put(loop)).builtIns();
    for (const spec of suite.fixtures) this.#declare(spec);
  }

  async run(): Promise<FileReport> {
    await this.#runBlock(this.suite.root, this.#world.file, 'r');
    this.#errors.push(...texts(await this.#world.openScopes.closeAll(this.suite.parallel)));
    return { status: '', tests: this.#tests, errors: this.#errors, events: this.#events };
  }

  /** What rules.ts cannot see from the events. */
  check(report: FileReport): string[] {
    const found = [...this.found];
    for (const { name, value } of this.#instances) {
      if (value !== undefined) found.push(`${name} is down and its value is kept`);
    }
    // In parallel, a set-up that stopped for another's failure may be tried again.
    if (!this.suite.parallel && new Set(this.#wide).size < this.#wide.length)
      found.push(`a wide fixture began twice: ${this.#wide}`);
    for (const id of this.#cleanups) found.push(`the cleanup of ${id} did not run`);
    for (const { name, pending } of this.#world.loops)
      if (pending.size > 0) found.push(`the ${name} has work left`);
    found.push(...this.#world.late, ...this.#world.caught);
    const reported = [...report.tests.flatMap(({ messages }) => messages), ...report.errors];
    for (const [index, message] of reported.entries()) {
      const [, error, name] = /^(.*) \(first seen in "(.*)"\)$/s.exec(message) ?? [];
      if (error === undefined) {
        const ms = /\(timeout=(.+)ms\)/.exec(message)?.[1];
        const isCause = (event: string): boolean =>
          event === `throw ${message}` ||
          (ms !== undefined && /^hang /.test(event) && event.endsWith(` ${ms}`));
        if (!report.events.some(isCause)) found.push(`nothing threw "${message}"`);
        if (reported.includes(message, index + 1)) found.push(`"${message}" was given twice`);
        continue;
      }
      const first = report.tests.find(test => test.name === name);
      if (!first?.messages.includes(error)) found.push(`"${message}" was not first seen there`);
    }
    return found;
  }

  #error(what: string): Error {
    const message = `E${++this.#failures} ${what}`;
    this.#events.push(`throw ${message}`);
    return new Error(message);
  }

  async #hang(how: Hang, what: string, { asyncTimeout, eventLoop }: Deps): Promise<void> {
    if (how === 'no') return;
    const ms = 5 + ++this.#hangs / 1000;
    this.#events.push(`hang ${what} ${ms}`);
    asyncTimeout!.set(ms);
    if (how === 'foreign') await new Promise(() => {});
    try {
      // On virtual time the hours pass at once.
      for (;;) await eventLoop!.sleep(60_000);
    } catch (error) {
      // That was for this wait: what comes after it has time again.
      asyncTimeout!.set(5000);
      if (how !== 'swallows') throw error;
    }
  }

  #inBackground({ background }: FixtureSpec, { id }: Value, { eventLoop }: Deps): void {
    const tick = (): void => void this.#events.push(`tick ${id}`);
    if (background === 'timer') {
      const again = (): void => {
        tick();
        eventLoop!.callLater(1, again);
      };
      eventLoop!.callLater(1, again);
    }
    if (background !== 'task') return;
    eventLoop!.createTask(async () => {
      this.#events.push(`task ${id}`);
      try {
        for (;;) {
          await eventLoop!.sleep(1);
          tick();
        }
      } finally {
        this.#events.push(`ended ${id}`);
      }
    });
  }

  #declare(spec: FixtureSpec): void {
    const { name, scope, auto, kind, waits, setUpHangs, tearDownHangs } = spec;
    const begin = (self: unknown, deps: Deps, request: FixtureRequest) =>
      this.#begin(spec, self, deps, request);
    const up = (value: Value) => this.#up(spec, value);
    const down = (value: Value) => this.#down(spec, value);
    const hangUp = ({ id }: Value, deps: Deps) => this.#hang(setUpHangs, `set-up of ${id}`, deps);
    const hangDown = ({ id }: Value, deps: Deps) => this.#hang(tearDownHangs, `teardown of ${id}`, deps);
    const pause = async (request?: FixtureRequest) => {
      if (waits === 1) await null;
      if (waits === 2) await turn();
      // A fixture that stops when its signal aborts.
      request?.signal.throwIfAborted();
    };
    const bodies = {
      function(this: unknown, deps: Deps, request: FixtureRequest): Value | Promise<Value> {
        const value = begin(this, deps, request);
        const done = () => {
          up(value);
          request.onCleanup(() => {
            if (waits === 0 && tearDownHangs === 'no') return down(value);
            return pause().then(() => {
              down(value);
              return hangDown(value, deps);
            });
          });
          return value;
        };
        if (waits === 0 && setUpHangs === 'no') return done();
        return pause(request)
          .then(() => hangUp(value, deps))
          .then(done);
      },
      *generator(this: unknown, deps: Deps, request: FixtureRequest) {
        const value = begin(this, deps, request);
        up(value);
        yield value;
        down(value);
      },
      async *asyncGenerator(this: unknown, deps: Deps, request: FixtureRequest) {
        const value = begin(this, deps, request);
        await pause(request);
        await hangUp(value, deps);
        up(value);
        yield value;
        await pause();
        down(value);
        await hangDown(value, deps);
      },
      async use(this: unknown, deps: Deps, use: Use, request: FixtureRequest) {
        const value = begin(this, deps, request);
        await pause(request);
        await hangUp(value, deps);
        up(value);
        await use(value);
        await pause();
        down(value);
        await hangDown(value, deps);
      },
    };
    const params = spec.params === 0 ? undefined : Array.from({ length: spec.params }, (_, index) => index);
    const deps = [...this.#names(spec.deps), 'asyncTimeout', 'eventLoop'];
    this.#world.fixture(name, bodies[kind], { scope, auto, params, deps }, { use: kind === 'use' });
  }

  #begin(spec: FixtureSpec, block: unknown, deps: Deps, request: FixtureRequest): Value {
    const { name, scope, cleanup } = spec;
    const id = `${name}#${++this.#lives}`;
    const needs = this.#names(spec.deps)
      .map(dep => deps[dep]!.id)
      .join();
    this.#events.push(`start ${id} ${scope} ${needs}`);
    if (scope !== 'test')
      this.#wide.push(`${name} in ${scope === 'file' || block} with ${needs} of ${request.param}`);
    if (cleanup !== 'none') {
      this.#cleanups.add(id);
      request.onCleanup(async () => {
        if (!this.#cleanups.delete(id)) this.found.push(`the cleanup of ${id} ran twice`);
        if (cleanup === 'fails') throw this.#error(`cleanup of ${id}`);
      });
    }
    this.#inBackground(spec, { id }, deps);
    return { id };
  }

  #up({ setUpFails, setUpHangs }: FixtureSpec, { id }: Value): void {
    if (setUpFails && setUpHangs === 'no') throw this.#error(`set-up of ${id}`);
    this.#events.push(`up ${id}`);
  }

  #down({ tearDownFails, tearDownHangs }: FixtureSpec, { id }: Value): void {
    this.#events.push(`down ${id}`);
    if (tearDownFails && tearDownHangs === 'no') throw this.#error(`teardown of ${id}`);
  }

  #names(positions: readonly number[]): string[] {
    return positions.map(position => this.suite.fixtures[position]!.name);
  }

  async #runBlock(spec: BlockSpec, block: Namespace, path: string): Promise<void> {
    const run = (each: TestSpec): Promise<void> =>
      this.#runTest(each, block, `${path}.t${spec.tests.indexOf(each)}`);
    // As in Jest: the concurrent ones begin at once.
    await Promise.all(spec.tests.filter(({ concurrent }) => concurrent).map(run));
    for (const each of spec.tests) if (!each.concurrent) await run(each);
    for (const [index, inner] of spec.blocks.entries()) {
      const name = `${path}.b${index}`;
      await this.#runBlock(inner, new Namespace('describe', block, name), name);
    }
    this.#errors.push(...texts(await this.#world.openScopes.close(block, this.suite.parallel)));
  }

  async #runTest(spec: TestSpec, block: Namespace, path: string): Promise<void> {
    const autos = this.#world.resolver.autos(block, ALL_TESTS, REQUESTER).map(({ name }) => name);
    const { parallel } = this.suite;
    const attempts = this.#world.tests([...autos, ...this.#names(spec.asks)], variant => ({
      namespace: block,
      parallel,
      label: path + suffixOf(variant),
      self: block.outermostDescribe?.label,
      loop: this.#world.host.newLoop(`Loop of ${path}`, false),
    }));
    for (const attempt of attempts) {
      const messages = await this.#runAttempt(spec, attempt, path);
      await (attempt.run.requester.loop as Loop).close();
      const status = messages.length === 0 ? 'passed' : 'failed';
      this.#tests.push({ name: attempt.run.label, status, messages, raw: [], location: null });
    }
  }

  async #runAttempt(spec: TestSpec, attempt: Attempt, path: string): Promise<string[]> {
    const { run, order, variant } = attempt;
    this.#events.push(`run ${path}#${++this.#lives}`);
    const errors = await attempt.setUp();
    for (const fixture of order) {
      const instance = run.scopeOf(fixture).find(fixture, variant);
      if (instance !== undefined) this.#instances.add(instance);
      if (errors.length === 0 && instance?.value === undefined)
        this.found.push(`${path} runs without ${fixture.name}`);
    }
    if (errors.length > 0) return [...errors, ...(await attempt.close())];
    const got = this.#names(spec.gets).map(name =>
      attempt.get(name).then(
        () => [],
        error => (error.code === 'ERR_FIXTURE_ENDED' ? [] : [error]),
      ),
    );
    // A test that fails need not have awaited what it requested.
    if (spec.fails) errors.push(...texts([this.#error(`body ${path}`)]));
    else await Promise.all(got);
    errors.push(...(await attempt.close()));
    errors.push(...texts((await Promise.all(got)).flat()));
    if (!run.testScope.empty) this.found.push(`${path} left something in its openScope`);
    return errors;
  }
}

/** Without what only Jest can do; and of several failures at once request.get can throw but one. */
function withoutJest(suite: SuiteSpec): SuiteSpec {
  const plain = ({ tests, blocks }: BlockSpec): BlockSpec => ({
    hooks: [],
    tests: tests.map(test => ({ ...test, failing: false, gets: test.gets })),
    blocks: blocks.map(plain),
  });
  return { ...suite, root: plain(suite.root), retries: 0 };
}

test.each(BACKENDS)('random files keep the crash rules on %s', async backend => {
  await fc.assert(
    fc.asyncProperty(suites.map(withoutJest), suite =>
      withBackend(backend, async on => {
        const file = new RandomFile(suite, on);
        const report = await file.run();
        const found = [...breaches(suite, report), ...file.check(report)];
        if (found.length > 0) throw new Error([...found, '--', ...report.events].join('\n'));
      }),
    ),
    { numRuns: sized(60, 500) },
  );
});
