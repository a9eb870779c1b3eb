import { errorOf, type Problem } from '../../errors/problem';
import {
  calledInSetupFiles,
  setupInSetupFiles,
  setupMissing,
  setupNotFirst,
} from '../../errors/project/environment';
import * as path from '../../node/path';
import type { Globals } from '../file/circus';
import { errorFactory } from '../file/realm';
import type { TestFile } from '../file/test-file';
import { nameIn, siteOfError } from '../report/sites';
import { MARKER_NAMES } from './marker-arguments';

/** The setup files that a project loads once the test functions exist. */
export interface SetupConfig {
  readonly setupFilesAfterEnv: readonly string[];
  readonly rootDir: string;
}

/** The globals that have a stand-in until the setup file is loaded. */
const GLOBALS = ['fixture', 'mark'];
/** The functions with further functions as members: `test.extend`. */
const WITH_MEMBERS = ['test', 'it', 'describe'];
/** Our setup file as a configuration names it. */
const OUR_SETUP = 'jest-loop/setup';

/**
 * Stand-ins for the public functions before they exist: in `setupFiles`, before our setup file, and where the
 * environment runs without it. Calling one says what is wrong with the configuration.
 */
export class StandIns {
  /** The getters of the globals, by name. */
  readonly #placed = new Map<string, () => unknown>();

  constructor(
    readonly testFile: TestFile,
    readonly setUp: SetupConfig,
    /** The sandbox's globals. */
    readonly globals: Globals,
  ) {
    for (const name of GLOBALS) {
      if (name in globals) continue;
      this.#place(name);
    }
  }

  /** Most files never look at it, so it is made on first read. */
  #place(name: string): void {
    let made: unknown;
    const get = (): unknown => {
      made ??= this.of(name);
      return made;
    };
    const set = (value: unknown): unknown =>
      Object.defineProperty(this.globals, name, { value, configurable: true, writable: true });
    this.#placed.set(name, get);
    Object.defineProperty(this.globals, name, { get, set, configurable: true });
  }

  /** The stand-in for a public function or `mark`: it throws. */
  of(name: string): unknown {
    if (name === 'mark')
      return Object.fromEntries(MARKER_NAMES.map(marker => [marker, this.#throwing(`mark.${marker}`)]));
    const standIn = this.#throwing(name);
    if (!WITH_MEMBERS.includes(name)) return standIn;
    return new Proxy(standIn, {
      get: (target, key) =>
        typeof key === 'symbol' || key in target ? Reflect.get(target, key) : this.of(`${name}.${key}`),
    });
  }

  /** Makes room for the real functions. */
  leave(): void {
    for (const [name, get] of this.#placed)
      if (Object.getOwnPropertyDescriptor(this.globals, name)?.get === get) delete this.globals[name];
  }

  /** The error when all setup files are loaded and ours was not among them. */
  missing(): Error {
    return errorOf(setupMissing(this.#files));
  }

  /** The error when our setup file is loaded before there are test functions. */
  tooEarly(): Error {
    return errorOf(setupInSetupFiles(this.#files));
  }

  #throwing(name: string): () => never {
    const standIn = (): never => {
      const place = new Error();
      Error.captureStackTrace(place, standIn);
      const site = siteOfError(place, this.setUp.rootDir);
      const files = this.#files;
      if (this.testFile.state === undefined) {
        const file = site.path === undefined ? undefined : this.#shown(site.path);
        throw this.#error(calledInSetupFiles(name, site, file));
      }
      throw this.#error(
        files.includes(OUR_SETUP) ? setupNotFirst(name, site, files) : setupMissing(files, { name, site }),
      );
    };
    return standIn;
  }

  get #files(): string[] {
    return this.setUp.setupFilesAfterEnv.map(file => this.#shown(file));
  }

  /** A file as a configuration names it. */
  #shown(file: string): string {
    if (
      /[\\/]build[\\/]entries[\\/]setup\.js$/.test(file) &&
      path.basename(path.resolve(file, '../../..')) === 'jest-loop'
    )
      return OUR_SETUP;
    const [, inPackage] = /^.*[\\/]node_modules[\\/](.*)$/.exec(file) ?? [];
    if (inPackage !== undefined) return inPackage;
    const name = nameIn(this.setUp.rootDir, file);
    return path.isAbsolute(name) ? name : `<rootDir>/${name}`;
  }

  #error(problem: Problem): Error {
    return errorFactory({ Error: (this.globals.Error as ErrorConstructor | undefined) ?? Error })(problem);
  }
}
