import { dirname } from 'node:path';
import type { LoopOptions } from '../config/options';
import { unsupportedJest } from '../errors/tests';
import { type Audience, Block, EVERYBODY, extendAudience } from '../fixtures/block';
import type { Declaration } from '../fixtures/declaration';
import { getOrMake } from '../fixtures/get-or-make';
import { Homes } from '../fixtures/home';
import { Resolver } from '../fixtures/resolve';
import type { Surroundings } from '../fixtures/run';
import type { Attempt } from './attempt';
import type { DescribeBlock, Globals, Hook, State, TestEntry } from './circus';
import { install } from './install';
import type { HookMeta, TestMeta, TestOptions } from './meta';
import { Planner, type TestPlan } from './plan';
import { errorFactory, type Kit, type SandboxFunction, seenBefore } from './realm';
import { addPlace } from './sites';

/** What the own `test` says about the test that Jest is about to register. */
export interface Registration {
  readonly audience: Audience;
  readonly options: TestOptions | undefined;
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
  readonly tests = new Map<TestEntry, TestMeta>();
  readonly hooks = new Map<Hook, HookMeta>();
  readonly plans = new Map<TestEntry, TestPlan>();
  /** By the `this` of hooks and tests, which Jest makes anew for each attempt. */
  readonly attempts = new WeakMap<object, Attempt>();
  /** Errors beside the one that a test function throws; reported when Jest has taken that one. */
  readonly moreErrors = new Map<TestEntry, unknown[]>();
  /** `mark.useFixtures` and `describe.useFixtures`. */
  readonly marks = new Map<Block, string[]>();
  readonly audiences = new WeakMap<object, Audience>();
  /** The own limits of hooks whose timer of Jest's is switched off. */
  readonly hookTimeouts = new Map<Hook, number>();
  /** Jest's own each-hooks (mock reset): they need nothing, and no fixture has to be up before them. */
  foreignHooks: ReadonlySet<Hook> = new Set();
  planner!: Planner;
  /** Those of blocks and files, which must have something to override. */
  readonly overrides: Declaration[] = [];
  hasAuto = false;
  /** The test file is being collected: no setup file any more. */
  collecting = false;
  readonly #blocks = new WeakMap<object, Block>();
  #lastId = 0;
  readonly #merged = new Map<Audience, Map<Audience, Audience>>();

  constructor(
    readonly options: LoopOptions,
    readonly rootDir: string,
    readonly testPath: string,
  ) {
    const builtin = new Block('builtin', undefined, 'built-in');
    this.current = new Block('setup', builtin, 'setup files');
    this.file = new Block('file', this.current, testPath);
  }

  /** Called once by the setup file, in the sandbox. */
  open(kit: Kit, sandboxGlobals: Globals): void {
    if (this.kit !== undefined) return;
    this.kit = kit;
    this.foreignHooks = new Set(this.state.rootDescribeBlock.hooks);
    const makeError = errorFactory(kit);
    this.around = {
      resolver: new Resolver(makeError),
      homes: new Homes(),
      makeError,
      newDeps: () => kit.newDeps(),
      ownPromise: promise => kit.ownPromise(promise),
      seenBefore: (error, seenIn) => seenBefore(kit, error, seenIn),
      place: (error, declaration) => addPlace(error, declaration),
      late: error => this.state.unhandledErrors.push(error),
      defaultTimeout: () => this.options.defaultAsyncTimeout ?? this.state.testTimeout,
    };
    this.planner = new Planner(this);
    install(this, this.runtimeGlobals, sandboxGlobals);
  }

  /** Where the next declarations belong: told by the list of setup files. */
  enter(loading: { path: string; kind: 'setup' | 'fixtures' } | undefined): void {
    if (loading === undefined) {
      this.file = new Block('file', this.current, this.testPath);
      this.current = this.file;
      this.collecting = true;
    } else if (loading.kind === 'fixtures') {
      this.current = new Block('directory', this.current, dirname(loading.path));
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

  /** Adds a declaration to the tree. */
  declare(declaration: Declaration): void {
    declaration.block.add(declaration);
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
    return (
      this.tests.size > 0 ||
      this.hooks.size > 0 ||
      this.marks.size > 0 ||
      (this.hasAuto && this.options.mode === 'auto')
    );
  }

  /** Says so when this Jest loads setup files in a way that we cannot follow. */
  checkCollected(): void {
    if (!this.collecting) this.state.unhandledErrors.push(this.around.makeError(unsupportedJest()));
  }
}

/** Under which the sandbox finds its session. */
export const SESSION = Symbol.for('jest-loop.session');
