import type { ProjectOptions } from '../../config/options';
import type { FixtureFiles } from '../../errors/fixtures/lookup';
import type { ErrorFactory } from '../../errors/problem';
import { defaultBuiltIns } from '../../fixtures/declare/built-ins';
import { type DeclarationId, type FixtureDeclaration, Namespace } from '../../fixtures/declare/declaration';
import { type BuiltInSources, startsEntrypoint } from '../../fixtures/declare/loaded-built-ins';
import { LOOP_BACKEND } from '../../fixtures/declare/loop-names';
import { POLICY_NAMES } from '../../fixtures/declare/policy-names';
import { Resolver } from '../../fixtures/resolve/resolver';
import { readFileSync } from '../../node/fs';
import { dirname } from '../../node/path';
import * as promises from '../../node/promise';
import type { DescribeBlock, Globals, Hook, State, TestEntry, TestFn } from './circus';
import type { FileBackends } from './file-backends';
import type { FileInfo } from './file-info';
import { LoopFactories } from './loop-factories';
import type { Markers } from './markers';
import { Origins } from './origins';
import { errorFactory, type SandboxFunction, type SandboxRealm } from './realm';
import type { Callee, RegisteredHook, RegisteredTest, Registration } from './registered';
import { TestTypes } from './test-types';
import type { Group } from './value-groups';

/** What only a module of the sandbox can do. */
type Loading = Pick<SandboxRealm, 'load' | 'import'>;

/** The stand-ins for the public functions until the setup file is loaded. */
interface StandIns {
  /** The error of a project that loads our setup file before Jest has a state. */
  tooEarly(): Error;
  /** The error of a project that does not load our setup file. */
  missing(): Error;
  /** The stand-in for a public function. */
  of(name: string): unknown;
  /** Makes room for the public functions. */
  leave(): void;
}

/**
 * One test file: its declarations, and what it registers. The environment makes it outside the sandbox, where the
 * sandbox finds it under one symbol. So all copies of our modules, also after `jest.resetModules()`, share one.
 */
export class TestFile {
  realm!: SandboxRealm;
  makeError!: ErrorFactory;
  resolver!: Resolver;
  standIns: StandIns | undefined;
  /** The `jest.fixtures` files of this file, for messages. */
  fixtureFiles: (() => FixtureFiles) | undefined;
  /** The modules of this package, where Jest mocks what is loaded (`automock`): they stay what they are. */
  unmocked: readonly string[] = [];
  /** Called with the sandbox's globals once the setup file has opened the file. */
  opened: (sandboxGlobals: Globals) => void = () => {};
  /** Jest's functions, before ours take their place. */
  jest: Globals = {};
  state!: State;
  /** The backends of this file's Loops; undefined before the environment provides them. */
  backends: FileBackends | undefined;
  /** Loads built-in fixtures into the realm of the file. */
  builtIns!: BuiltInSources;
  /** Makes the object of the realm, in the realm. */
  makeRealm!: (loading: Loading) => SandboxRealm;
  /** Loads the Loop core into the realm of the file. */
  loadCore!: () => SandboxRealm['core'];
  /** The exports of `@jest/globals`. */
  runtimeGlobals: Globals = {};
  /** The `test`, `fixture` … of this file. */
  api: Globals = {};
  /** The call that Jest's `add_test` or `add_hook` comes from; set around it. */
  registering: Registration | undefined;
  /** Called with `outer` once that has registered a single test, where the file is observed. */
  testRegistered: ((outer: SandboxFunction) => void) | undefined;
  /** The namespace of the file being loaded; describe blocks have their own. */
  current: Namespace;
  file: Namespace;
  readonly tests = new Map<TestEntry, RegisteredTest>();
  readonly hooks = new Map<Hook, RegisteredHook>();
  /** The user's functions for rows, by Jest's functions for them: of rows with `done`, and where fixtures are declared. */
  readonly rows = new WeakMap<TestFn, Callee>();
  /** The groups of tests that share one value of a fixture, by the describe block made for them. */
  readonly groups = new Map<DescribeBlock, Group>();
  /** The innermost group around each describe block. */
  readonly inGroups = new Map<DescribeBlock, Group>();
  /** The markers that `mark` and `describe` set for the tests of a namespace. */
  readonly marks = new Map<Namespace, Markers>();
  readonly testTypes = new TestTypes();
  readonly origins = new Origins();
  /** The time limits of hooks whose Jest timer is switched off. */
  readonly hookTimeouts = new Map<Hook, number>();
  /** Jest's each-hooks (mock reset): they need nothing, and run before any set-up. */
  foreignHooks: ReadonlySet<Hook> = new Set();
  /** All but those of single tests. */
  readonly declarations: FixtureDeclaration[] = [];
  /** Overrides in blocks and files, which must have something to override. */
  readonly overrides: FixtureDeclaration[] = [];
  hasAuto = false;
  /** A policy fixture is declared: one that the package requests itself. */
  hasPolicyFixtures = false;
  /** The project's own backends; made when the first is looked up or declared. */
  #factories: LoopFactories | undefined;
  /** The factories of `jest.fixtures` files that are ES modules; undefined without any. */
  importing: Promise<unknown> | undefined;
  /** A Loop may be on another backend than Node's own. */
  hasBackends = false;
  /** The directory of the innermost `jest.fixtures` file. */
  nearestDirectory: string | undefined;
  /** The setup file or `jest.fixtures` file that is being loaded. */
  loading: string | undefined;
  /** The setup files are done; the test file itself is being collected. */
  collecting = false;
  /** All tests have run. */
  finished = false;
  readonly #namespaces = new WeakMap<object, Namespace>();
  #lastId = 0;

  constructor(
    readonly options: ProjectOptions,
    readonly info: FileInfo,
  ) {
    const builtin = new Namespace('builtin', undefined, 'built-in', here =>
      defaultBuiltIns(here, {
        load: module => this.builtIns.load(module),
        facts: () => this.builtIns.facts(),
        placeOf: site => this.builtIns.placeOf(site),
      }),
    );
    this.current = new Namespace('setup', builtin, 'setup files');
    this.file = new Namespace('file', this.current, info.path);
    this.hasBackends = options.backend !== undefined;
  }

  get rootDir(): string {
    return this.info.root;
  }

  get testPath(): string {
    return this.info.path;
  }

  /** Nothing runs in it: it collects the declarations of shared fixtures. */
  get isCollector(): boolean {
    return false;
  }

  /** Called by the setup file, in the sandbox. Only the first call counts. */
  open(loading: Loading, sandboxGlobals: Globals): void {
    if (this.realm !== undefined) return;
    if (this.state === undefined) throw this.standIns!.tooEarly();
    this.standIns?.leave();
    this.enterRealm(this.makeRealm(loading));
    this.foreignHooks = new Set(this.state.rootDescribeBlock.hooks);
    this.opened(sandboxGlobals);
  }

  /** From now on errors are made in the realm of the file. */
  enterRealm(realm: SandboxRealm): void {
    this.realm = realm;
    this.makeError = errorFactory(realm);
    this.resolver = new Resolver(this.makeError, this.options.fixtureLoopScope, {
      files: () => this.fixtureFiles!(),
      declarations: () => this.declarations,
    });
  }

  /** A setup file starts loading, or, for undefined, the test file: the next declarations are in its namespace. */
  enter(loading: { path: string; kind: 'setup' | 'fixtures' } | undefined): void {
    if (this.loading !== undefined) this.#takeFactories(this.loading);
    this.loading = loading?.path;
    if (loading === undefined) {
      if (this.realm === undefined) throw this.standIns!.missing();
      // A fixture of scope `directory` that a setup file declares lives in the test file's directory.
      const directory = dirname(this.testPath);
      if (this.current.label !== directory)
        this.current = new Namespace('directory', this.current, directory);
      this.file = new Namespace('file', this.current, this.testPath);
      this.current = this.file;
      this.collecting = true;
    } else if (loading.kind === 'fixtures') {
      this.nearestDirectory = dirname(loading.path);
      this.current = new Namespace('directory', this.current, this.nearestDirectory);
    }
  }

  /** The project's own backends. */
  get factories(): LoopFactories {
    this.#factories ??= new LoopFactories({
      makeError: this.makeError,
      rootDir: this.rootDir,
      option: this.options.loopFactories,
      given: this.options.backendSource,
      builtIn: this.backends?.names ?? [],
      realm: this.realm,
    });
    return this.#factories;
  }

  /** A `jest.fixtures` file has been loaded: takes its `loopFactories`. */
  #takeFactories(file: string): void {
    // Only what is named in the file: to load a module again may run it again.
    if (this.current.kind !== 'directory' || !readFileSync(file, 'utf8').includes('loopFactories')) return;
    const importing = this.factories.takeFrom(this.current, file);
    if (importing !== undefined) this.importing = promises.all([this.importing, importing]);
  }

  /** The namespace of a declaration made now. */
  currentNamespace(): Namespace {
    return this.collecting ? this.namespaceOf(this.state.currentDescribeBlock) : this.current;
  }

  /** The namespace of a describe block; the root block's is the file. */
  namespaceOf(block: DescribeBlock): Namespace {
    let namespace = this.#namespaces.get(block);
    if (namespace === undefined) {
      if (block.parent === undefined) return this.file;
      namespace = new Namespace('describe', this.namespaceOf(block.parent), block.name);
      this.#namespaces.set(block, namespace);
    }
    return namespace;
  }

  /** `copy` runs as a part of a describe block, in the same namespace. */
  noteCopy(copy: DescribeBlock, of: DescribeBlock): void {
    this.#namespaces.set(copy, this.namespaceOf(of));
  }

  /** A number that is unique among the declarations of this file. */
  nextId(): number {
    return ++this.#lastId;
  }

  /** Identifies the next declaration of a name for other realms; undefined for one in the test file. */
  originOf(name: string): DeclarationId | undefined {
    return this.origins.next(name, this.loading);
  }

  /** Adds a declaration to its namespace. */
  declare(declaration: FixtureDeclaration): void {
    declaration.namespace.add(declaration);
    if (POLICY_NAMES.has(declaration.name)) this.hasPolicyFixtures = true;
    if (declaration.name === LOOP_BACKEND) this.hasBackends = true;
    if (startsEntrypoint(declaration.name)) this.hasAuto = true;
    // Nothing else sees a test's namespace: what is resolved for others stays valid.
    if (declaration.namespace.kind === 'test') return;
    this.declarations.push(declaration);
    this.resolver.reset();
    if (declaration.mustOverride) this.overrides.push(declaration);
    if (declaration.options.auto === true) this.hasAuto = true;
  }

  /** Whether the file uses anything of ours. If not, Jest runs as if we were not there. */
  get inUse(): boolean {
    return this.options.mode === 'auto' || this.tests.size > 0 || this.hooks.size > 0 || this.marks.size > 0;
  }

  /** Whether all code runs in a Loop, or only code that requests one. */
  get autouse(): boolean {
    return this.options.autouse !== false;
  }

  /** Warns in the console of the test file. */
  warn(message: string): void {
    this.realm.console().warn(message);
  }
}

/** The global of the sandbox that holds its test file. */
export const TEST_FILE = Symbol.for('jest-loop.test-file');
