import { constants, Script } from 'node:vm';
import { stringOf } from '../../../node/buffer';
import { withOriginals } from '../../../node/capture/originals';
import { createHash } from '../../../node/crypto';
import * as fs from '../../../node/fs';
import { basename, dirname, join } from '../../../node/path';
import { cachedDataVersionTag } from '../../../node/v8';
import { getOrMake } from '../../../util/get-or-make';
import { PACKAGE_FOLDER } from '../../../util/package-folder';
import { jestState } from '../jest-state';
import { readCode, writeCode } from './code-file';
import { asFunction, FUNCTION_START } from './module-function';

/*
 * The bundles that run test files are large, and each process compiles them. So Jest's cache directory keeps V8's
 * compiled code of them beside the transformed files, for later processes; with `--no-cache` it does not. Only what ran
 * by the end of the first file is in it, and V8 refuses what another version or other flags have made.
 */

/** Where a project's cache is. */
interface Cached {
  readonly cache: boolean;
  readonly cacheDirectory: string;
}

type Run = (
  exports: object,
  require: NodeJS.Require,
  module: { exports: object },
  filename: string,
  dirname: string,
) => void;

/**
 * What runs test files, shared fixtures included; loaded once per process. Typed as unknown, since the engine stands
 * above this file: the caller names its type.
 */
export function loadEngine(project?: Cached): unknown {
  if (project?.cache) jestState.codeFolder = project.cacheDirectory;
  // Set here: the engine's own copy of this module is compiled code, where Node 20 refuses `import()`.
  jestState.importModule ??= specifier =>
    (require('./dynamic-import') as typeof import('./dynamic-import')).dynamicImport(specifier);
  return loadBundle('engine');
}

/** What observes a run, which few runs need; loaded once per process. */
export function loadObserve(): unknown {
  return loadBundle('observe');
}

function loadBundle(name: string): unknown {
  const filename = bundleFile(name);
  return getOrMake(jestState.bundles, filename, () =>
    withOriginals(() => {
      // From the sources it is no bundle.
      if (!fs.existsSync(filename)) return require(filename.slice(0, -'.js'.length)) as object;
      return runBundle(filename, script => script.runInThisContext() as Run);
    }),
  );
}

/** The file of one of our bundles. */
export function bundleFile(name: string): string {
  return join(PACKAGE_FOLDER, 'entries', `${name}.js`);
}

/** Runs a bundle as a CommonJS module, in the realm that `enter` picks. Compiled once for the process. */
export function runBundle(filename: string, enter: (script: Script) => unknown): object {
  const script = getOrMake(jestState.scripts as Map<string, Script>, filename, () =>
    // Reading a file opens it by what a test may have replaced.
    withOriginals(() => compile(filename)),
  );
  const module = { exports: {} };
  (enter(script) as Run)(module.exports, require, module, filename, dirname(filename));
  return module.exports;
}

function compile(filename: string): Script {
  const bytes = fs.readFileSync(filename);
  // Bundles are ASCII, which is decoded faster than UTF-8.
  const text = stringOf(bytes, 'latin1');
  // Large bundles are built as one: V8 copies text that is put together.
  const code = text.startsWith(FUNCTION_START) ? text : asFunction(text);
  const options = { filename, importModuleDynamically: constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER };
  const { codeFolder } = jestState;
  if (codeFolder === undefined) return new Script(code, options);
  // Compiled code names its file in stacks, and projects may share a cache directory.
  const key = createHash('sha1').update(bytes).update(`${filename}\0${cachedDataVersionTag()}`).digest('hex');
  const file = join(codeFolder, `jest-loop-${basename(filename, '.js')}-${key}`);
  const cachedData = readCode(file);
  const script = new Script(code, { ...options, cachedData });
  if (cachedData === undefined || script.cachedDataRejected) jestState.unsaved.set(file, script);
  return script;
}

/** Saves what was compiled in this process. Without a directory to write to, later processes compile it again. */
export function saveCode(): void {
  if (jestState.unsaved.size > 0) withOriginals(save);
}

function save(): void {
  for (const [file, script] of jestState.unsaved as Map<string, Script>) {
    jestState.unsaved.delete(file);
    writeCode(file, () => script.createCachedData());
  }
}
