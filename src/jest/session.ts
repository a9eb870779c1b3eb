import { dirname } from 'node:path';
import type { LoopOptions } from '../config/options';
import { unsupportedJest } from '../errors/tests';
import { type Audience, Block, EVERYBODY, extendAudience } from '../fixtures/block';
import { defaultBuiltIns } from '../fixtures/built-ins';
import type { Declaration, Origin } from '../fixtures/declaration';
import { getOrMake } from '../fixtures/get-or-make';
import { Homes } from '../fixtures/home';
import { IMPLICIT } from '../fixtures/implicit';
import { type Layer, Layers } from '../fixtures/layers';
import { defaultLimit, type Limit } from '../fixtures/limits';
import type { Run } from '../fixtures/run';
import type { Borrowing, Surroundings } from '../fixtures/surroundings';
import type { Loop } from '../loop';
import type { Owner } from '../loop/step';
import { worker } from '../loop/store';
import type { Asked } from '../wide/description';
import type { Attempt } from './attempt';

import type { DescribeBlock, Globals, Hook, State, TestEntry } from './circus';
import { heirOf } from './file-loops';
import { install } from './install';
import { Interrupts } from './interrupts';
import { type FileOwner, type LateStore, type OwnedFile, tellAfterFile } from './late-errors';
import type { Markers } from './markers';
import type { HookMeta, TestMeta, TestOptions } from './meta';
import { Planner, type TestPlan } from './plan';
import { hideMarks } from './promises';
import type { Kit, SandboxFunction } from './realm';
import { trimStack } from './stacks';
import { makeSurroundings } from './surroundings';

/** What the own `test` says about the test that Jest is about to register. */
export interface Registration {
  readonly audience: Audience;
  readonly options: TestOptions | undefined;
  /** Of its modifiers and, over them, of its options; undefined without any. */
  readonly markers: Markers | undefined;
  readonly outer: SandboxFunction;
  /** The place, where it is not the call of `outer`. */
  readonly place?: Error;
  /** The sandbox's `Error.stackTraceLimit`, where it is 0 during Jest's own part. */
  readonly limit?: number;
  /** The function of `.each`, of which Jest sees a stand-in. */
  readonly each: { readonly fn: TestMeta['callee']['fn']; readonly takesDone: boolean } | undefined;
}

/**
 * One test file. Made by the environment outside of the sandbox, found inside it under one symbol: both
 * realms meet here, so loading a module twice or after `jest.resetModules()` splits nothing.
 */
export class Session {
  kit!: Kit;
  around!: Surroundings;
  /** Jest's own functions, before ours take their place. */
  jest: Globals = {};
  state!: State;
  /** What `@jest/globals` hands out. */
  runtimeGlobals: Globals = {};
  /** The `test`, `fixture` … of this file. */
  api: Globals = {};
  /** What Jest's `add_test` is for; set around the call. */
  registering: Registration | undefined;
  /** Where a declaration belongs at this moment, but for describe blocks. */
  current: Block;
  file: Block;
  readonly homes: Homes;
  /** What to do when the run is interrupted. */
  readonly interrupts = new Interrupts(this);
  readonly tests = new Map<TestEntry, TestMeta>();
  readonly hooks = new Map<Hook, HookMeta>();
  readonly plans = new Map<TestEntry, TestPlan>();
  /** The attempts that run. */
  readonly active = new Map<TestEntry, Attempt>();
  /** The Loops of the scopes that are open. */
  readonly loops = new Set<Loop>();
  /** The test that runs, or ran last, by itself: Jest 30.0 starts concurrent ones beside it. */
  serial: TestEntry | undefined;
  /** Errors beside the one that a test function throws; reported when Jest has taken that one. */
  readonly moreErrors = new Map<TestEntry, unknown[]>();
  /** What `mark` and the modifiers and options of `describe` say about the tests of a block. */
  readonly marks = new Map<Block, Markers>();
  readonly audiences = new WeakMap<object, Audience>();
  /** How another realm knows the audiences of setup files. */
  readonly audienceKeys = new WeakMap<Audience, string>();
  /** What this file has asked for of what outlives it. */
  readonly borrowings = new Set<Borrowing>();
  hasBorrowed = false;
  /** What outlives the file knows of it. */
  described: Pick<Asked, 'project' | 'blocks'> | undefined;
  /** The own limits of hooks whose timer of Jest's is switched off. */
  readonly hookTimeouts = new Map<Hook, number>();
  /** Jest's own each-hooks (mock reset): they need nothing, and no fixture has to be up before them. */
  foreignHooks: ReadonlySet<Hook> = new Set();
  planner!: Planner;
  /** Those of blocks and files, which must have something to override. */
  readonly overrides: Declaration[] = [];
  hasAuto = false;
  /** One of the names is declared that the package itself asks for. */
  hasImplicit = false;
  /** Of those, the Loops that outlive the file. */
  readonly wideLoops = new Set<Loop>();
  /** The directory of the innermost `jest.fixtures` file. */
  nearestDirectory: string | undefined;
  /** The setup file or `jest.fixtures` file that is being loaded. */
  loading: string | undefined;
  /** The test file is being collected: no setup file any more. */
  collecting = false;
  /** A Loop for code that is to come to nothing; made when it is needed. */
  closedLoop: Loop | undefined;
  readonly #blocks = new WeakMap<object, Block>();
  /** How many of a name each setup file has declared. */
  readonly #counts = new Map<string, number>();
  /** The errors of the file that are rejections. */
  readonly #rejections = new Map<unknown, unknown>();
  #entered: Map<Block, readonly Layer[]> | undefined;
  #lastId = 0;
  readonly #merged = new Map<Audience, Map<Audience, Audience>>();

  constructor(
    readonly options: LoopOptions,
    readonly ownedFile: OwnedFile,
    /** Of the Jest that runs. */
    readonly jestVersion: string,
  ) {
    this.fileOwner = {
      label: 'the test file itself',
      file: ownedFile,
      caught: context => {
        if ('exception' in context) this.fileError(context.exception, context.promise);
        else this.warn(context.message);
      },
      handled: promise => this.fileErrorHandled(promise),
      // In strict mode tests run there that are none of ours.
      leaves: () => options.mode === 'strict' && !ownedFile.ended,
    };
    const builtin = new Block('builtin', undefined, 'built-in');
    defaultBuiltIns(builtin);
    this.current = new Block('setup', builtin, 'setup files');
    this.file = new Block('file', this.current, ownedFile.path);
    this.homes = new Homes(async loop => {
      loop.successor = step => heirOf(this, loop, step);
      await loop.close();
      this.loops.delete(loop);
    });
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
  open(kit: Kit, sandboxGlobals: Globals): void {
    if (this.kit !== undefined) return;
    this.kit = kit;
    this.foreignHooks = new Set(this.state.rootDescribeBlock.hooks);
    this.around = makeSurroundings(this, kit);
    this.planner = new Planner(this);
    install(this, this.runtimeGlobals, sandboxGlobals);
    hideMarks(kit, this.jest.expect as Parameters<typeof hideMarks>[1], this.jestVersion);
  }

  /** Where the next declarations belong: told by the list of setup files. */
  enter(loading: { path: string; kind: 'setup' | 'fixtures' } | undefined): void {
    this.loading = loading?.path;
    if (loading === undefined) {
      // What a setup file declares with scope `directory` lives in the file's own directory.
      const own = dirname(this.testPath);
      if (this.current.label !== own) this.current = new Block('directory', this.current, own);
      this.file = new Block('file', this.current, this.testPath);
      this.current = this.file;
      this.collecting = true;
    } else if (loading.kind === 'fixtures') {
      this.nearestDirectory = dirname(loading.path);
      this.current = new Block('directory', this.current, this.nearestDirectory);
    }
  }

  /** The block in which a declaration made now belongs. */
  here(): Block {
    return this.collecting ? this.blockOf(this.state.currentDescribeBlock) : this.current;
  }

  /** The block of a describe block of Jest's; the root one is the file. */
  blockOf(describe: DescribeBlock): Block {
    if (describe.parent === undefined) return this.file;
    let block = this.#blocks.get(describe);
    if (block === undefined) {
      block = new Block('describe', this.blockOf(describe.parent), describe.name);
      this.#blocks.set(describe, block);
    }
    return block;
  }

  /** A number that no other declaration of this file has. */
  nextId(): number {
    return ++this.#lastId;
  }

  /** Where the next declaration of a name is found in another realm; undefined for one of the test file. */
  originOf(name: string): Origin | undefined {
    const file = this.loading;
    if (file === undefined) return undefined;
    const key = `${file}\0${name}`;
    const nth = this.#counts.get(key) ?? 0;
    this.#counts.set(key, nth + 1);
    return { file, nth };
  }

  /** A `test.extend`: a new audience, which another realm knows as well where a setup file makes it. */
  extendAudience(parent: Audience): Audience {
    const audience = extendAudience(parent);
    const origin = this.originOf('test.extend()');
    if (origin !== undefined) this.audienceKeys.set(audience, `${origin.file}\0${origin.nth}`);
    return audience;
  }

  /** Adds a declaration to the tree. */
  declare(declaration: Declaration): void {
    declaration.block.add(declaration);
    if (IMPLICIT.has(declaration.name)) this.hasImplicit = true;
    // A test's own block is seen by nobody else: what is known of others stays.
    if (declaration.block.kind === 'test') return;
    this.around.resolver.reset();
    if (declaration.mustOverride) this.overrides.push(declaration);
    if (declaration.options.auto === true) this.hasAuto = true;
  }

  /** Who sees what both see. */
  merge(a: Audience, b: Audience): Audience {
    if (b === EVERYBODY || a === b || a.lineage.includes(b)) return a;
    if (a === EVERYBODY || b.lineage.includes(a)) return b;
    const known = getOrMake(this.#merged, a, () => new Map<Audience, Audience>());
    return getOrMake(known, b, () => extendAudience(b, a));
  }

  /** Whether anything of this file is for us; where nothing is, Jest runs as if we were not there. */
  get inUse(): boolean {
    return this.options.mode === 'auto' || this.tests.size > 0 || this.hooks.size > 0 || this.marks.size > 0;
  }

  /** Says so when this Jest loads setup files in a way that we cannot follow. */
  checkCollected(): void {
    if (!this.collecting) this.fileError(this.around.makeError(unsupportedJest()));
  }

  /** Whether all code runs in a Loop, or only that which asks for one. */
  get autouse(): boolean {
    return this.options.autouse !== false;
  }

  /** The limit of a test. */
  limitOf(plan: TestPlan, run: Run): Limit {
    return plan.limit ?? defaultLimit(run, 'test', plan.needs.block);
  }

  /** What the beforeAll hooks around a block have left in AsyncLocalStorages, and the fixtures that they asked for. */
  layersAt(from: Block): Layers {
    if (this.#entered === undefined) return new Layers();
    const found: (readonly Layer[])[] = [];
    for (let block: Block | undefined = from; block !== undefined; block = block.parent) {
      found.unshift(this.#entered.get(block) ?? []);
    }
    return new Layers(found.flat());
  }

  /** A beforeAll hook has left something there. */
  addEntered(block: Block, layers: readonly Layer[]): void {
    this.#entered ??= new Map();
    this.#entered.set(block, [...(this.#entered.get(block) ?? []), ...layers]);
  }

  /** A block is run, perhaps once more. */
  reopen(block: Block): void {
    this.homes.reopen(block);
    this.#entered?.delete(block);
  }

  /** An error that belongs to no test: the file fails. `promise` is the one whose rejection it was. */
  fileError(error: unknown, promise?: unknown): void {
    if (this.ownedFile.ended) {
      this.afterFile(error, this.fileOwner);
      return;
    }
    if (promise !== undefined) this.#rejections.set(promise, error);
    this.state.unhandledErrors.push(this.own(error));
  }

  /** A rejection that failed the file was handled after all. */
  fileErrorHandled(promise: Promise<unknown>): void {
    if (this.ownedFile.ended || !this.#rejections.has(promise)) return;
    const at = this.state.unhandledErrors.indexOf(this.#rejections.get(promise));
    this.#rejections.delete(promise);
    if (at >= 0) this.state.unhandledErrors.splice(at, 1);
  }

  /** An error that comes when Jest has the file's results. */
  afterFile(error: unknown, owner: Owner): void {
    const told = { label: owner.label, file: this.ownedFile, caught: () => {} };
    tellAfterFile(this.own(error), told, worker as LateStore);
  }

  /** The code of the test file outside of tests and hooks, as the owner of what it starts. */
  readonly fileOwner: FileOwner;

  /** An error as it is reported: with the user's frames only, unless all are wanted. */
  own(error: unknown): unknown {
    if (this.options.debug !== true) trimStack(error);
    return error;
  }

  /** Says something in the console of the test file. */
  warn(message: string): void {
    this.kit.console().warn(message);
  }
}

/** Under which the sandbox finds its session. */
export const SESSION = Symbol.for('jest-loop.session');
