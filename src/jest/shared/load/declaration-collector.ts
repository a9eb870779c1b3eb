import type { Config } from '@jest/types';
import type { FixtureDeclaration } from '../../../fixtures/declare/declaration';
import type { LoadedFile } from '../../../fixtures/shared/replica';
import * as core from '../../../loop/sandbox-core';
import * as path from '../../../node/path';
import * as promises from '../../../node/promise';
import { pathToFileURL } from '../../../node/url';
import { getOrMake } from '../../../util/get-or-make';
import { PACKAGE_FOLDER } from '../../../util/package-folder';
import { makeFixture } from '../../api/fixture';
import { makeMergeTests } from '../../api/merge-tests';
import { makeTest, PLAIN_TEST } from '../../api/test';
import type { Globals, State } from '../../file/circus';
import { makeSandboxRealm } from '../../file/make-realm';
import { TEST_FILE, TestFile } from '../../file/test-file';
import { importModule } from '../../process/compiled/import-module';
import { jestState } from '../../process/jest-state';
import { jestStubs } from './jest-stubs';

/** A test file without tests, in which a setup file is loaded for the fixtures that it declares. */
class CollectorFile extends TestFile {
  /** The declarations of the file being loaded. */
  list: FixtureDeclaration[] = [];

  override get isCollector(): boolean {
    return true;
  }

  override declare(declaration: FixtureDeclaration): void {
    this.list.push(declaration);
  }
}

const INDEX = path.join(PACKAGE_FOLDER, 'index.js');

/** An ES module that Node itself loaded, and does not unload. */
interface Native {
  readonly loaded: LoadedFile;
  /** The file's modification time, in ms. */
  readonly changed: number;
}

function makeCollectorFile(state: State): CollectorFile {
  const file = { path: '', root: process.cwd(), ended: false, config: undefined };
  const testFile = new CollectorFile({ mode: 'auto', setup: 'sequential' }, file);
  testFile.state = state;
  testFile.enterRealm(
    makeSandboxRealm(() => core, {
      load: file => require(file),
      import: file => importModule(pathToFileURL(file).href),
    }),
  );
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

/** The part of a project's configuration that matters here. */
type Project = Pick<Config.ProjectConfig, 'id' | 'rootDir'>;

/**
 * Collects the declarations of setup files loaded outside the tests. There `fixture`, `test.extend` and `test.override`
 * note what they declare, `expect` is Jest's, and all else does nothing. There is one per process, since modules keep
 * what they import.
 */
export class DeclarationCollector {
  /** Calls declare only while a file is loaded; in the body of a fixture it is too late. */
  readonly #state = { hasStarted: true } as State;
  readonly #testFile = makeCollectorFile(this.#state);
  /** Removes the global that the bodies of fixtures use as well. */
  #leaveExpect: (() => void) | undefined;
  /** The package as these files import it. */
  #index: NodeJS.Module | undefined;
  readonly natives = new Map<string, Native>();
  /** Settled while no file is being loaded. */
  last: Promise<unknown> = promises.resolve();
  /** All declarations, by project and name: a module that two setup files load declares only once. */
  readonly #known = new Map<string, FixtureDeclaration[]>();
  /** The files whose declarations are to be dropped. */
  readonly #forgotten = new Set<string>();

  /** Collects the declarations made while `load` runs, for a project. */
  async collect({ id, rootDir }: Project, load: () => Promise<unknown>): Promise<LoadedFile> {
    this.#dropForgotten();
    const testFile = this.#testFile;
    testFile.list = [];
    this.#state.hasStarted = false;
    (testFile.info as { root: string }).root = rootDir;
    const leave = this.#enter();
    // Loaded elsewhere, as by the body of a fixture, its functions say that there is no test environment.
    if (require.cache[INDEX] !== this.#index) delete require.cache[INDEX];
    try {
      await load();
    } finally {
      this.#index = require.cache[INDEX];
      this.#state.hasStarted = true;
      leave();
    }
    const list = testFile.list;
    const keyOf = (name: string): string => `${id}\0${name}`;
    for (const each of list) getOrMake(this.#known, keyOf(each.name), () => []).push(each);
    return {
      find: (name, nth, { path }) => {
        const direct = list.filter(each => each.name === name)[nth];
        if (direct !== undefined) return direct;
        // Declared by a module that another file loaded before, perhaps in each run of watch mode.
        const isThat = (each: FixtureDeclaration): boolean => each.name === name && each.site.path === path;
        const found = this.#known.get(keyOf(name))?.findLast(isThat);
        // Packages and the modules of Node's own loader are the same for all projects.
        return found ?? [...this.#known.values()].flat().findLast(isThat);
      },
    };
  }

  /** These modules load anew and declare again. Others, of packages and of Node's own loader, do not. */
  forget(files: ReadonlySet<string>): void {
    this.#leaveExpect?.();
    this.#leaveExpect = undefined;
    for (const file of files) this.#forgotten.add(file);
  }

  /** Not at the end of a run: looking up where each was declared takes its time, and few runs have a successor. */
  #dropForgotten(): void {
    if (this.#forgotten.size === 0) return;
    for (const [name, list] of this.#known) {
      const kept = list.filter(
        ({ site: { path: file } }) => file !== undefined && !this.#forgotten.has(file),
      );
      this.#known.set(name, kept);
    }
    this.#forgotten.clear();
  }

  /** Adds our functions to the globals. Returns what removes them, apart from `expect`, which fixtures may use. */
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

  /** The stand-in for `@jest/globals`, which throws where there are no tests. */
  get jestGlobals(): Globals {
    return this.#testFile.api;
  }
}

/** The collector of this process. */
export function collector(): DeclarationCollector {
  jestState.collector ??= new DeclarationCollector();
  return jestState.collector as DeclarationCollector;
}
