import type { ProjectOptions } from '../../config/options';
import type { FixtureFiles } from '../../errors/lookup';
import type { ErrorFactory } from '../../errors/problem';
import { defaultBuiltIns } from '../../fixtures/declare/built-ins';
import { type FixtureDeclaration, Namespace, type Origin } from '../../fixtures/declare/declaration';
import { type BuiltInSources, startsEntrypoint } from '../../fixtures/declare/loaded-built-ins';
import { POLICY_NAMES } from '../../fixtures/declare/policy-names';
import { Resolver } from '../../fixtures/resolve/resolver';
import { dirname } from '../../node/path';
import type { DescribeBlock, Globals, Hook, State, TestEntry, TestFn } from './circus';
import type { Group } from './groups';
import type { Markers } from './markers';
import type { OwnedFile } from './owned-file';
import { errorFactory, type SandboxRealm } from './realm';
import type { Callee, RegisteredHook, RegisteredTest, Registration } from './registered';
import { TestTypes } from './test-types';

/** What answers before the file's realm is known. */
interface EarlyCalls {
  /** The mistake of a setup file that is loaded before Jest has a state. */
  tooEarly(): Error;
  /** The mistake of a project that never loads the setup file. */
  missing(): Error;
  /** What stands in place of a public function. */
  of(name: string): unknown;
  /** The public functions take their places. */
  leave(): void;
}

/**
 * One test file. Made by the environment outside of the sandbox, found inside it under one symbol: both
 * realms meet here, so loading a module twice or after `jest.resetModules()` splits nothing.
 */
export class TestFile {
  realm!: SandboxRealm;
  makeError!: ErrorFactory;
  resolver!: Resolver;
  /** What stands in place of the public functions until the setup file has brought the realm. */
  standIns: EarlyCalls | undefined;
  /** Which `jest.fixtures` files there are, for messages. */
  fixtureFiles: (() => FixtureFiles) | undefined;
  /** Called when the setup file has brought the realm, with the globals of the sandbox. */
  opened: (sandboxGlobals: Globals) => void = () => {};
  /** Jest's own functions, before ours take their place. */
  jest: Globals = {};
  state!: State;
  /** How built-in fixtures are loaded into the realm of the file. */
  builtIns!: BuiltInSources;
  /** What `@jest/globals` hands out. */
  runtimeGlobals: Globals = {};
  /** The `test`, `fixture` … of this file. */
  api: Globals = {};
  /** What Jest's `add_test` is for; set around the call. */
  registering: Registration | undefined;
  /** Where a declaration belongs at this moment, but for describe blocks. */
  current: Namespace;
  file: Namespace;
  readonly tests = new Map<TestEntry, RegisteredTest>();
  readonly hooks = new Map<Hook, RegisteredHook>();
  /** The functions of rows with `done`, by those that Jest has for them: messages are about these. */
  readonly rows = new WeakMap<TestFn, Callee>();
  /** The tests that run with one value of a fixture wider than themselves, by the describe block made for them. */
  readonly groups = new Map<DescribeBlock, Group>();
  /** The innermost group of the describe blocks within. */
  readonly inGroups = new Map<DescribeBlock, Group>();
  /** What `mark` and the modifiers and options of `describe` say about the tests of a block. */
  readonly marks = new Map<Namespace, Markers>();
  /** What each extended `test` sees beside what all see. */
  readonly testTypes = new TestTypes();
  /** Where other realms find what setup files declare. */
  readonly origins = new Origins();
  /** The own limits of hooks whose timer of Jest's is switched off. */
  readonly hookTimeouts = new Map<Hook, number>();
  /** Jest's own each-hooks (mock reset): they need nothing, and no fixture has to be up before them. */
  foreignHooks: ReadonlySet<Hook> = new Set();
  /** Those of blocks and files, which must have something to override. */
  readonly overrides: FixtureDeclaration[] = [];
  hasAuto = false;
  /** One of the names is declared that the package itself asks for. */
  hasImplicit = false;
  /** The directory of the innermost `jest.fixtures` file. */
  nearestDirectory: string | undefined;
  /** The setup file or `jest.fixtures` file that is being loaded. */
  loading: string | undefined;
  /** The test file is being collected: no setup file any more. */
  collecting = false;
  readonly #blocks = new WeakMap<object, Namespace>();
  #lastId = 0;

  constructor(
    readonly options: ProjectOptions,
    readonly ownedFile: OwnedFile,
  ) {
    const builtin = new Namespace('builtin', undefined, 'built-in');
    defaultBuiltIns(builtin, {
      load: module => this.builtIns.load(module),
      facts: () => this.builtIns.facts(),
    });
    this.current = new Namespace('setup', builtin, 'setup files');
    this.file = new Namespace('file', this.current, ownedFile.path);
  }

  get rootDir(): string {
    return this.ownedFile.root;
  }

  get testPath(): string {
    return this.ownedFile.path;
  }

  /** Nothing runs here: declarations are collected where wide fixtures live. */
  get isCollector(): boolean {
    return false;
  }

  /** Called once by the setup file, in the sandbox. */
  open(realm: SandboxRealm, sandboxGlobals: Globals): void {
    if (this.realm !== undefined) return;
    if (this.state === undefined) throw this.standIns!.tooEarly();
    this.standIns?.leave();
    this.enterRealm(realm);
    this.foreignHooks = new Set(this.state.rootDescribeBlock.hooks);
    this.opened(sandboxGlobals);
  }

  /** From now on errors can be made in the realm of the file. */
  enterRealm(realm: SandboxRealm): void {
    this.realm = realm;
    this.makeError = errorFactory(realm);
    this.resolver = new Resolver(this.makeError, this.options.fixtureLoopScope, () => this.fixtureFiles!());
  }

  /** Where the next declarations belong: told by the list of setup files. */
  enter(loading: { path: string; kind: 'setup' | 'fixtures' } | undefined): void {
    this.loading = loading?.path;
    if (loading === undefined) {
      if (this.realm === undefined) throw this.standIns!.missing();
      // What a setup file declares with scope `directory` lives in the file's own directory.
      const own = dirname(this.testPath);
      if (this.current.label !== own) this.current = new Namespace('directory', this.current, own);
      this.file = new Namespace('file', this.current, this.testPath);
      this.current = this.file;
      this.collecting = true;
    } else if (loading.kind === 'fixtures') {
      this.nearestDirectory = dirname(loading.path);
      this.current = new Namespace('directory', this.current, this.nearestDirectory);
    }
  }

  /** The block in which a declaration made now belongs. */
  here(): Namespace {
    return this.collecting ? this.blockOf(this.state.currentDescribeBlock) : this.current;
  }

  /** The block of a describe block of Jest's; the root one is the file. */
  blockOf(describe: DescribeBlock): Namespace {
    let block = this.#blocks.get(describe);
    if (block === undefined) {
      if (describe.parent === undefined) return this.file;
      block = new Namespace('describe', this.blockOf(describe.parent), describe.name);
      this.#blocks.set(describe, block);
    }
    return block;
  }

  /** `copy` is run as a part of a describe block. */
  noteCopy(copy: DescribeBlock, of: DescribeBlock): void {
    this.#blocks.set(copy, this.blockOf(of));
  }

  /** A number that no other declaration of this file has. */
  nextId(): number {
    return ++this.#lastId;
  }

  /** Where the next declaration of a name is found in another realm; undefined for one of the test file. */
  originOf(name: string): Origin | undefined {
    return this.origins.next(name, this.loading);
  }

  /** Adds a declaration to the tree. */
  declare(declaration: FixtureDeclaration): void {
    declaration.block.add(declaration);
    if (POLICY_NAMES.has(declaration.name)) this.hasImplicit = true;
    if (startsEntrypoint(declaration.name)) this.hasAuto = true;
    // A test's own block is seen by nobody else: what is known of others stays.
    if (declaration.block.kind === 'test') return;
    this.resolver.reset();
    if (declaration.mustOverride) this.overrides.push(declaration);
    if (declaration.options.auto === true) this.hasAuto = true;
  }

  /** Whether anything of this file is for us; where nothing is, Jest runs as if we were not there. */
  get inUse(): boolean {
    return this.options.mode === 'auto' || this.tests.size > 0 || this.hooks.size > 0 || this.marks.size > 0;
  }

  /** Whether all code runs in a Loop, or only that which asks for one. */
  get autouse(): boolean {
    return this.options.autouse !== false;
  }

  /** Says something in the console of the test file. */
  warn(message: string): void {
    this.realm.console().warn(message);
  }
}

/** Under which the sandbox finds its session. */
export const SESSION = Symbol.for('jest-loop.session');

/** Where other realms find what setup files declare: the file, and how many of that name it has declared before. */
export class Origins {
  readonly #counts = new Map<string, number>();

  /** That of the next declaration of a name; undefined for one of the test file. */
  next(name: string, file: string | undefined): Origin | undefined {
    if (file === undefined) return undefined;
    const key = `${file}\0${name}`;
    const nth = this.#counts.get(key) ?? 0;
    this.#counts.set(key, nth + 1);
    return { file, nth };
  }
}
