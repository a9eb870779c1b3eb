import type { Problem } from '../../errors/problem';
import { calledInSetupFiles, setupInSetupFiles, setupMissing, setupNotFirst } from '../../errors/setup';
import * as path from '../../node/path';
import type { Globals } from '../file/circus';
import { errorFactory } from '../file/realm';
import type { TestFile } from '../file/test-file';
import { nameIn, siteOfError } from '../report/sites';
import { MARKER_NAMES } from './marker-arguments';

/** The setup files of a project that are loaded when there are test functions. */
export interface SetUp {
  readonly setupFilesAfterEnv: readonly string[];
  readonly rootDir: string;
}

/** The globals that have a stand-in, for as long as the setup file has not been loaded. */
const GLOBALS = ['fixture', 'mark'];
/** The functions that have more of them on themselves: `test.extend`. */
const WITH_FORMS = ['test', 'it', 'describe'];

/**
 * Where the public functions do not exist yet: what is called there says what is wrong in the configuration. That is
 * in `setupFiles`, before the setup file of ours, and where the environment runs without it.
 */
export class StandIns {
  readonly #made: Globals = {};

  constructor(
    readonly testFile: TestFile,
    readonly setUp: SetUp,
    /** The sandbox's own. */
    readonly globals: Globals,
  ) {
    for (const name of GLOBALS) {
      if (name in globals) continue;
      const value = this.of(name);
      this.#made[name] = value;
      Object.defineProperty(globals, name, { value, configurable: true, writable: true, enumerable: false });
    }
  }

  /** A public function, or `mark`, that throws. */
  of(name: string): unknown {
    if (name === 'mark')
      return Object.fromEntries(MARKER_NAMES.map(marker => [marker, this.#throwing(`mark.${marker}`)]));
    const standIn = this.#throwing(name);
    if (!WITH_FORMS.includes(name)) return standIn;
    return new Proxy(standIn, {
      get: (target, key) =>
        typeof key === 'symbol' || key in target ? Reflect.get(target, key) : this.of(`${name}.${key}`),
    });
  }

  /** The real ones are there. */
  leave(): void {
    for (const [name, value] of Object.entries(this.#made))
      if (this.globals[name] === value) delete this.globals[name];
  }

  /** All setup files have been loaded. */
  missing(): Error {
    return this.#plainError(setupMissing(this.#files));
  }

  /** The setup file is loaded where there are no test functions. */
  tooEarly(): Error {
    return this.#plainError(setupInSetupFiles(this.#files));
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
        files.includes(OWN) ? setupNotFirst(name, site, files) : setupMissing(files, { name, site }),
      );
    };
    return standIn;
  }

  get #files(): string[] {
    return this.setUp.setupFilesAfterEnv.map(file => this.#shown(file));
  }

  /** As a configuration names it. */
  #shown(file: string): string {
    if (
      /[\\/]build[\\/]entries[\\/]setup\.js$/.test(file) &&
      path.basename(path.resolve(file, '../../..')) === 'jest-loop'
    )
      return OWN;
    const [, inPackage] = /^.*[\\/]node_modules[\\/](.*)$/.exec(file) ?? [];
    if (inPackage !== undefined) return inPackage;
    const name = nameIn(this.setUp.rootDir, file);
    return path.isAbsolute(name) ? name : `<rootDir>/${name}`;
  }

  /** With a stack: Jest shows the last lines of a message without one twice. */
  #plainError({ code, message }: Problem): Error {
    return Object.assign(new Error(message), { code });
  }

  #error(problem: Problem): Error {
    return errorFactory({ Error: (this.globals.Error as ErrorConstructor | undefined) ?? Error })(problem);
  }
}

/** As a configuration names our setup file. */
const OWN = 'jest-loop/setup';
