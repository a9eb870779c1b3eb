import type { ErrorFactory } from '../../src/errors/problem';
import type { NamedRequester, Site } from '../../src/errors/site';
import { defaultBuiltIns } from '../../src/fixtures/declare/built-ins';
import {
  type Body,
  type FixtureDeclaration,
  type FixtureFunction,
  Namespace,
} from '../../src/fixtures/declare/declaration';
import type { GivenOptions } from '../../src/fixtures/declare/options';
import { POLICY_NAMES } from '../../src/fixtures/declare/policy-names';
import { ALL_TESTS, type TestType } from '../../src/fixtures/declare/test-type';
import { FixtureRun } from '../../src/fixtures/life/fixture-run';
import type { RequesterInfo, TestInfo } from '../../src/fixtures/life/interfaces/requester-info';
import type { FixtureHost, InstanceView } from '../../src/fixtures/life/interfaces/views';
import { OpenScopes } from '../../src/fixtures/life/open-scopes';
import { Requester } from '../../src/fixtures/life/requester/requester';
import { inOrder } from '../../src/fixtures/resolve/order';
import type { ResolvedFixture } from '../../src/fixtures/resolve/resolved';
import { Resolver } from '../../src/fixtures/resolve/resolver';
import { PLAIN, type Variant, variantsOf, varyingOf } from '../../src/fixtures/resolve/variants';
import { Loop } from '../../src/loop';
import { Step } from '../../src/loop/steps/step';
import { readParameters } from '../../src/parameters';

/** A place, as `test/a.test.ts:3`; undefined without a user frame. */
export function siteAt(at: string | undefined): Site {
  const [path, line] = at?.split(':') ?? [];
  return {
    at,
    path,
    line: line === undefined ? undefined : Number(line),
    frames: at ? `    at /p/${at}:1` : '',
  };
}

/** A requester. */
export function requesterAt(label: string, at: string | undefined = 'test/a.test.ts:3'): NamedRequester {
  return { label, site: siteAt(at) };
}

export const REQUESTER = requesterAt('test "adds"');

/** Plain errors with their code. */
export const makeError: ErrorFactory = ({ code, message }) => Object.assign(new Error(message), { code });

/** Messages of errors; other values as text. */
export const texts = (errors: readonly unknown[]): string[] =>
  errors.map(error => (error instanceof Error ? error.message : String(error)));

/** The first line of the error that `fn` throws or rejects with. */
export async function failure(fn: () => unknown): Promise<string> {
  try {
    await fn();
  } catch (error) {
    return texts([error])[0]!.split('\n')[0]!;
  }
  throw new Error('nothing was thrown');
}

/** The code of the error that `fn` throws. */
export async function codeOf(fn: () => unknown): Promise<unknown> {
  try {
    await fn();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
  throw new Error('nothing was thrown');
}

/** Waits one turn of the event loop. */
export const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/** A promise and its resolvers. */
export function gate<T = void>(): {
  promise: Promise<T>;
  open: (value: T) => void;
  fail: (error: unknown) => void;
} {
  let open!: (value: T) => void;
  let fail!: (error: unknown) => void;
  const promise = new Promise<T>((resolve, reject) => {
    open = resolve;
    fail = reject;
  });
  return { promise, open, fail };
}

/** Where and how a fixture is declared, beside its options. */
export interface Place {
  readonly block?: Namespace;
  readonly testType?: TestType;
  readonly at?: string;
  /** The object form: `(deps, use, request)`. */
  readonly use?: boolean;
  readonly mustOverride?: boolean;
}

/** A test file without Jest: its namespaces, and the host of its fixtures. */
export class World {
  readonly builtin = new Namespace('builtin', undefined, 'built-in');
  readonly setup = new Namespace('setup', this.builtin, 'setup files');
  readonly file = new Namespace('file', this.setup, '/p/a.test.ts');
  readonly openScopes = new OpenScopes();
  readonly resolver = new Resolver(makeError, undefined, { declarations: () => this.declarations });
  readonly declarations: FixtureDeclaration[] = [];
  /** Late errors, of work that was given up. */
  readonly late: string[] = [];
  /** Errors that were given the place of their fixture. */
  readonly placed: string[] = [];
  /** The log of the traced fixtures. */
  readonly log: string[] = [];
  readonly host: FixtureHost = {
    resolver: this.resolver,
    openScopes: this.openScopes,
    makeError,
    newDeps: () => Object.create(null),
    realmPromise: promise => promise,
    seenBefore: (error, seenIn) =>
      new Error(`${texts([error])[0]} (first seen in "${seenIn}")`, { cause: error }),
    place: (error, { name }) => {
      this.placed.push(`${name}: ${texts([error])[0]}`);
      return error;
    },
    late: (error, label) => void this.late.push(`${label}: ${texts([error])[0]}`),
    debug: false,
    autouse: true,
    baseLimit: () => ({ ms: 5000, ours: false }),
    hasPolicyFixtures: () => this.hasPolicyFixtures,
    newStep: (name, source, owner) => new Step(name, source, undefined, owner),
    newLoop: name => {
      const loop = this.puts(new Loop({ name }));
      this.loops.add(loop);
      return loop;
    },
    sharedLoop: () => new Loop({ name: 'wide' }),
    pendingOf: step =>
      [...this.loops].flatMap(({ pending }) => [...pending].filter(item => item.step?.within(step))),
    waiting: step => [...this.host.pendingOf(step)].map(item => item.describe()),
    handled: () => {},
    caught: (instance, { exception }) => void this.caught.push(`${instance.name}: ${texts([exception])[0]}`),
    abortUsers: (instance, error) =>
      void this.caught.push(`${(instance as InstanceView).name}: ${texts([error])[0]}`),
  };
  /** Unhandled exceptions of fixtures wider than a test. */
  readonly caught: string[] = [];
  /** All Loops made here. */
  readonly loops = new Set<Loop>();
  /** Whether any policy fixture is declared. */
  hasPolicyFixtures = false;
  #ids = 0;

  /** `puts` puts a new Loop on a backend. */
  constructor(readonly puts: (loop: Loop) => Loop = loop => loop) {}

  /** Declares the built-in fixtures. */
  builtIns(): this {
    defaultBuiltIns(this.builtin);
    return this;
  }

  /** A describe block. */
  describe(label: string, parent: Namespace = this.file): Namespace {
    return new Namespace('describe', parent, label);
  }

  /** Declares a fixture, at the top of the file by default. */
  fixture(name: string, value: unknown, options: GivenOptions = {}, place: Place = {}): FixtureDeclaration {
    const { block = this.file, testType, use = false, mustOverride = false } = place;
    const id = ++this.#ids;
    const declaration: FixtureDeclaration = {
      id,
      name,
      body: bodyOf(value, use),
      options,
      requested: asksOf(value, options),
      namespace: block,
      testType,
      site: siteAt(place.at ?? `fixtures.ts:${id}`),
      mustOverride,
    };
    block.add(declaration);
    this.declarations.push(declaration);
    if (POLICY_NAMES.has(name)) this.hasPolicyFixtures = true;
    this.resolver.reset();
    return declaration;
  }

  /** A fixture that needs `deps` and logs when it goes up and down; its value is its name. */
  traced(name: string, deps: string[] = [], options: GivenOptions = {}, place: Place = {}): void {
    const { log } = this;
    const fn = async function* () {
      log.push(`up ${name}`);
      yield name;
      log.push(`down ${name}`);
    };
    this.fixture(name, fn, { deps, ...options }, place);
  }

  /** What a name means for a test in `from`. */
  find(name: string, from: Namespace = this.file, testType: TestType = ALL_TESTS): ResolvedFixture {
    return this.resolver.find(name, from, testType, REQUESTER);
  }

  /** A test that requests `names`; it has not begun. */
  test(names: readonly string[], given: Partial<RequesterInfo> = {}): Attempt {
    const { namespace = this.file, testType = ALL_TESTS } = given;
    const order = inOrder(names.map(name => this.find(name, namespace, testType)));
    return new Attempt(this, order, given);
  }

  /** The same, once for each value of the parametrised fixtures. */
  tests(
    names: readonly string[],
    given: (variant: Variant) => Partial<RequesterInfo> = () => ({}),
  ): Attempt[] {
    const { namespace = this.file, testType = ALL_TESTS } = given(PLAIN);
    const varying = varyingOf(names.map(name => this.find(name, namespace, testType)));
    return variantsOf(varying).map(variant => this.test(names, { ...given(variant), variant }));
  }
}

const SUBJECT: TestInfo = {
  name: 'adds',
  fullName: 'adds',
  path: '/p/a.test.ts',
  line: 3,
  attempt: 1,
  tags: [],
  outcome: undefined,
};

/** One attempt of a test. */
export class Attempt {
  readonly run: FixtureRun;

  constructor(
    readonly world: World,
    readonly order: readonly ResolvedFixture[],
    given: Partial<RequesterInfo>,
  ) {
    this.run = new FixtureRun(world.host, {
      label: 'adds',
      named: REQUESTER,
      path: '/p/a.test.ts',
      namespace: world.file,
      testType: ALL_TESTS,
      variant: PLAIN,
      parallel: false,
      self: undefined,
      subject: () => SUBJECT,
      owner: undefined,
      loop: () => this.world.host.newLoop('test loop', false),
      ...given,
    });
  }

  get variant(): Variant {
    return this.run.variant;
  }

  /** Sets up. Returns the errors. */
  async failures(): Promise<unknown[]> {
    return (await this.run.setUp(this.order)).map(({ error }) => error);
  }

  /** Sets up. Returns the messages of the errors. */
  async setUp(): Promise<string[]> {
    return texts(await this.failures());
  }

  async close(): Promise<string[]> {
    return texts(await this.run.close());
  }

  /** Up and down. */
  async whole(): Promise<string[]> {
    return [...(await this.setUp()), ...(await this.close())];
  }

  /** `request.get` of the test. */
  get(name: string): Promise<unknown> {
    const requester = new Requester(this.run, 'adds', 'test', this.run.testScope);
    return this.run.get(name, undefined, undefined, requester.builtIns);
  }

  instance(name: string): InstanceView | undefined {
    const fixture = this.order.find(each => each.name === name)!;
    return this.run.scopeOf(fixture).find(fixture, this.variant);
  }

  value(name: string): unknown {
    return this.instance(name)?.value;
  }
}

function bodyOf(value: unknown, use: boolean): Body {
  if (typeof value !== 'function') return { kind: 'value', value };
  return { kind: use ? 'use' : 'function', fn: value as FixtureFunction };
}

function asksOf(value: unknown, { deps }: GivenOptions): FixtureDeclaration['requested'] {
  if (deps !== undefined) return deps.map(name => ({ name, optional: false }));
  const found = typeof value === 'function' ? readParameters(value) : undefined;
  return found?.kind === 'names' ? found.names : [];
}
