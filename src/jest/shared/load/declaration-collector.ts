import type { Config } from '@jest/types';
import type { FixtureDeclaration } from '../../../fixtures/declare/declaration';
import * as path from '../../../node/path';
import * as promises from '../../../node/promise';
import type { LoadedFile } from '../../../shared/replica';
import { getOrMake } from '../../../util/get-or-make';
import { PACKAGE_FOLDER } from '../../../util/package-folder';
import { makeFixture } from '../../api/fixture';
import { makeMergeTests } from '../../api/merge-tests';
import { makeTest, PLAIN_TEST } from '../../api/test';
import type { Globals, State } from '../../file/circus';
import { makeSandboxRealm } from '../../file/realm';
import { TEST_FILE, TestFile } from '../../file/test-file';
import { state } from '../../process/state';
import { jestStubs } from './jest-stubs';

/** A session without tests: a setup file is loaded in it for the fixtures that it declares. */
class CollectorFile extends TestFile {
  /** What the file that is being loaded has declared. */
  list: FixtureDeclaration[] = [];

  override get isCollector(): boolean {
    return true;
  }

  override declare(declaration: FixtureDeclaration): void {
    this.list.push(declaration);
  }
}

/** An ES module that Node itself has loaded: it cannot be forgotten. */
interface Native {
  readonly loaded: LoadedFile;
  /** When the file was changed, in ms. */
  readonly changed: number;
}

function makeSession(state: State): CollectorFile {
  const file = { path: '', root: process.cwd(), ended: false, config: undefined };
  const testFile = new CollectorFile({ mode: 'auto', setup: 'sequential' }, file);
  testFile.state = state;
  testFile.enterRealm(makeSandboxRealm(globalThis));
  testFile.jest = jestStubs(() => !state.hasStarted);
  const test = makeTest(testFile, PLAIN_TEST);
  testFile.api = {
    ...testFile.jest,
    test,
    it: test,
    fixture: makeFixture(testFile),
    mergeTests: makeMergeTests(testFile),
  };
  return testFile;
}

/** What is needed of a project's configuration. */
type Project = Pick<Config.ProjectConfig, 'id' | 'rootDir'>;

/**
 * What a setup file meets when it is loaded outside of the tests: `fixture`, `test.extend` and `test.override` note
 * what they declare; `expect` is Jest's; all else does nothing. There is one for the process: modules keep what they import.
 */
export class DeclarationCollector {
  /** What is called while a file is loaded declares; in a body, later, it comes too late. */
  readonly #state = { hasStarted: true } as State;
  readonly #testFile = makeSession(this.#state);
  /** Takes away the global that the bodies of fixtures have as well. */
  #leaveExpect: (() => void) | undefined;
  readonly natives = new Map<string, Native>();
  /** Settled when no file is being loaded. */
  last: Promise<unknown> = promises.resolve();
  /** All that was ever declared, by project and name: a module that two setup files load declares its own once. */
  readonly #known = new Map<string, FixtureDeclaration[]>();

  constructor() {
    // Loaded before this, it says of each function that there is no test environment.
    delete require.cache[path.join(PACKAGE_FOLDER, 'index.js')];
  }

  /** Notes what is declared while `load` runs, for a project. */
  async collect({ id, rootDir }: Project, load: () => Promise<unknown>): Promise<LoadedFile> {
    const testFile = this.#testFile;
    testFile.list = [];
    this.#state.hasStarted = false;
    (testFile.info as { root: string }).root = rootDir;
    const leave = this.#enter();
    try {
      await load();
    } finally {
      this.#state.hasStarted = true;
      leave();
    }
    const list = testFile.list;
    const keyOf = (name: string): string => `${id}\0${name}`;
    for (const each of list) getOrMake(this.#known, keyOf(each.name), () => []).push(each);
    return {
      find: (name, nth, { path }) => {
        const own = list.filter(each => each.name === name)[nth];
        if (own !== undefined) return own;
        // Declared by a module that another file has loaded before; perhaps in each run of watch mode.
        const isThat = (each: FixtureDeclaration): boolean => each.name === name && each.site.path === path;
        const found = this.#known.get(keyOf(name))?.findLast(isThat);
        // Packages, and what Node's own loader has loaded, are the same for all projects.
        return found ?? [...this.#known.values()].flat().findLast(isThat);
      },
    };
  }

  /** These modules are loaded anew: they declare all once more. Others, of packages and of Node's own loader, do not. */
  forget(files: ReadonlySet<string>): void {
    this.#leaveExpect?.();
    this.#leaveExpect = undefined;
    for (const [name, list] of this.#known) {
      const kept = list.filter(({ site: { path: file } }) => file !== undefined && !files.has(file));
      this.#known.set(name, kept);
    }
  }

  /** Puts the functions where files look for them; gives what takes them away, but for what fixtures may use. */
  #enter(): () => void {
    const globals = globalThis as unknown as Record<PropertyKey, unknown>;
    const { expect, ...rest } = this.#testFile.api;
    const added: Globals = rest;
    for (const name of Object.keys(added)) if (name in globals) delete added[name];
    Object.assign(globals, added);
    if (!('expect' in globals)) {
      globals.expect = expect;
      this.#leaveExpect = () => void delete globals.expect;
    }
    const before = globals[TEST_FILE];
    globals[TEST_FILE] = this.#testFile;
    return () => {
      for (const name of Object.keys(added)) delete globals[name];
      if (before === undefined) delete globals[TEST_FILE];
      else globals[TEST_FILE] = before;
    };
  }

  /** What stands for `@jest/globals`, which throws where there are no tests. */
  get jestGlobals(): Globals {
    return this.#testFile.api;
  }
}

/** That of this process. */
export function collector(): DeclarationCollector {
  state.collector ??= new DeclarationCollector();
  return state.collector as DeclarationCollector;
}
