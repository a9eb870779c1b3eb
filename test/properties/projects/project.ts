/*
 * A random project as plain data: what is declared where, what requests what, and where it fails. Everything has an id
 * that is unique in its project, so that events and errors can be distinguished, also after shrinking.
 */

export const SCOPES = ['test', 'describe', 'file', 'directory', 'worker', 'session'] as const;
export type Scope = (typeof SCOPES)[number];
export type Kind = 'value' | 'function' | 'async' | 'generator' | 'asyncGenerator' | 'use';
/** `once`: only the first time in its test file or, outside of the sandbox, its process. */
export type Fails = 'no' | 'always' | 'once';
/** How it fails: by throwing, by a task of its own that does, or by taking longer than it may. */
export type How = 'throw' | 'task' | 'hang';

export interface Fixture {
  readonly key: string;
  readonly name: string;
  /** Undefined for an override that inherits it. */
  readonly scope: Scope | undefined;
  readonly kind: Kind;
  readonly auto: boolean;
  readonly params: number;
  readonly deps: readonly string[];
  readonly setUp: Fails;
  readonly how: How;
  readonly tearDown: Fails;
  /** It starts a task that goes on until it is cancelled. */
  readonly task: boolean;
  readonly cleanups: readonly Fails[];
  /** Turns of the event loop that set-up and teardown take. */
  readonly turns: number;
  /** Declared by `test.override`. */
  readonly override: boolean;
}

export interface Hook {
  readonly id: string;
  readonly type: 'beforeAll' | 'beforeEach' | 'afterEach' | 'afterAll';
  readonly asks: readonly string[];
  readonly fails: Fails;
  readonly how: How;
  readonly cleanups: readonly Fails[];
}

export interface Test {
  readonly id: string;
  readonly form: 'plain' | 'failing' | 'skip' | 'each' | 'concurrent';
  readonly asks: readonly string[];
  /** Requested by `request.get` in the body. */
  readonly gets: readonly string[];
  readonly fails: Fails;
  readonly how: How;
  readonly cleanups: readonly Fails[];
}

export interface Block {
  readonly id: string;
  readonly skip: boolean;
  readonly fixtures: readonly Fixture[];
  readonly hooks: readonly Hook[];
  readonly tests: readonly Test[];
  readonly blocks: readonly Block[];
}

export interface TestFile {
  /** `a.test.js`, `d/b.test.js` */
  readonly path: string;
  readonly parallel: boolean;
  readonly retries: number;
  /** Its `id` is empty: it is the file itself. */
  readonly root: Block;
}

export interface Project {
  readonly seed: number;
  /** What the `jest.fixtures` file of a directory declares: `''`, `'d'`. */
  readonly directories: Readonly<Record<string, readonly Fixture[]>>;
  readonly files: readonly TestFile[];
}

export const widthOf = (scope: Scope): number => SCOPES.indexOf(scope);

/** All blocks of a file, outermost first. */
export function blocksOf(block: Block): Block[] {
  return [block, ...block.blocks.flatMap(blocksOf)];
}

/** Whether tests of a file run at the same time, so that the order of its events is open. */
export function isOpen({ parallel, root }: TestFile): boolean {
  return parallel || blocksOf(root).some(({ tests }) => tests.some(({ form }) => form === 'concurrent'));
}
