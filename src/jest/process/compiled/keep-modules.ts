import * as nodeModule from 'node:module';
import { Script } from 'node:vm';
import { withOriginals } from '../../../node/capture/originals';
import { createHash } from '../../../node/crypto';
import * as fs from '../../../node/fs';
import { dirname, join, sep } from '../../../node/path';
import { deserialize, serialize } from '../../../node/v8';
import { orUndefined } from '../../../util/or-undefined';
import { PACKAGE_FOLDER } from '../../../util/package-folder';
import { readCode, writeCode } from './code-file';
import { asFunction, FUNCTION_START } from './module-function';

/*
 * Does before Node 22.8 what Node's own compile cache does from then on: keeps V8's compiled code of the CommonJS modules
 * that Node loads. Only of packages: they change rarely, and nobody debugs them. What a process loads is in one file,
 * which is read faster than 300; only large modules, such as TypeScript, have files of their own, since not all runs need
 * them.
 */

/**
 * The compiled code of a module, and the hash of its source: V8 compares no more than the length. Undefined where a file
 * of its own has the code; null for a module that is left to Node.
 */
type Kept = readonly [filename: string, hash: string, code?: Buffer | null];

/** The same of a module that was compiled in this process. */
interface Fresh {
  readonly hash: string;
  readonly script: Script | undefined;
}

type Compile = (this: object, source: string, filename: string, format?: string) => unknown;

/**
 * What can lead to `import()`, which Node refuses in kept code: that itself, and whatever makes code of a text. Matches
 * strings and comments, too: see `canImport`.
 */
const IMPORTS = new RegExp(
  [
    String.raw`\bimport\b(?=\s*(?:\(|\/[*/]))`,
    String.raw`\beval\b`,
    // Neither `instanceof Function`, nor a property, nor a method that functions inherit.
    String.raw`(?<!instanceof\s+)(?<!\.\s*)\bFunction\b(?!\s*\.\s*prototype\b(?!\s*\.\s*constructor\b))`,
    String.raw`\b(?:globalThis|global|window|self|root)\s*(?:\?\.|\.)\s*Function\b`,
    // Function, or one of its kind, as the constructor of a function.
    String.raw`(?<=\}\s*\)?\s*)\.\s*constructor\b`,
    String.raw`(?<!new\s+[\w.$]*)\.\s*constructor\b(?=\s*\()`,
  ].join('|'),
  'g',
);

/** The same as names in brackets, where a mark would only change the string. */
const BRACKETS = /\[\s*(['"`])(?:eval|Function|constructor)\1\s*\]/;

/** From this size on, in bytes, compiled code has a file of its own. */
const LARGE = 512 * 1024;

/** From this size on, in bytes, a file keeps only what its last writer used: each process reads all of it. */
const MOST = 4 * 1024 * 1024;

/** Where a module has its function until Node calls it. */
const RUN = 'jest-loop.run';

/** What Node compiles instead. So `require` and all else that the function is given is Node's. */
const STUB = `
  const key = Symbol.for('${RUN}');
  const run = module[key];
  delete module[key];
  return run.apply(this, arguments);`;

/** The modules that Node loads from now on are kept in a file, unless another hook needs their text. */
export function keepModules(file: string): void {
  const { prototype } = nodeModule as unknown as { readonly prototype: { _compile: Compile } };
  const original = prototype._compile;
  if (!isNodes(original)) return;
  const kept = read(file);
  const fresh = new Map<string, Fresh>();
  const used = new Set<string>();
  const save = (): void => withOriginals(() => write(file, fresh, used));
  const add = (filename: string, each: Fresh): void => {
    if (fresh.size === 0) process.once('exit', save);
    fresh.set(filename, each);
  };

  const load = (source: string, filename: string): unknown => {
    used.add(filename);
    const hash = createHash('sha1').update(source).digest('hex');
    const known = kept.get(filename);
    const isSame = known?.[1] === hash;
    if (isSame && known[2] === null) return undefined;
    const cachedData = isSame ? (known[2] ?? readCode(largeFile(file, hash))) : undefined;
    if (cachedData === undefined && canImport(source)) {
      add(filename, { hash, script: undefined });
      return undefined;
    }
    const script = compile(source, filename, cachedData);
    if (cachedData === undefined || script.cachedDataRejected) add(filename, { hash, script });
    return script.runInThisContext();
  };

  prototype._compile = function (source, filename, format) {
    // Node says best what is wrong with the text of a module.
    const run = isKept(source, filename, format) ? orUndefined(() => load(source, filename)) : undefined;
    if (run === undefined) return Reflect.apply(original, this, [source, filename, format]);
    Object.defineProperty(this, Symbol.for(RUN), { value: run, configurable: true });
    return Reflect.apply(original, this, [STUB, filename, format]);
  };
}

/** Whether a method is Node's own: one that instruments code would get the stub. */
function isNodes(method: Compile): boolean {
  return /\bwrapSafe\b/.test(Function.prototype.toString.call(method));
}

function isKept(source: string, filename: string, format: string | undefined): boolean {
  if (format !== undefined && format !== 'commonjs') return false;
  // A line for the shell is no part of a function.
  if (source.startsWith('#!')) return false;
  return filename.includes(`${sep}node_modules${sep}`) || filename.startsWith(`${PACKAGE_FOLDER}${sep}`);
}

/** As code, none of these can stand before an `@`. */
function canImport(source: string): boolean {
  if (BRACKETS.test(source)) return true;
  const marked = source.replace(IMPORTS, '$&@');
  return marked !== source && orUndefined(() => compile(marked)) === undefined;
}

function compile(source: string, filename?: string, cachedData?: Buffer): Script {
  return new Script(asFunction(source), { filename, columnOffset: -FUNCTION_START.length, cachedData });
}

function read(file: string): Map<string, Kept> {
  const bytes = readCode(file);
  if (bytes === undefined) return new Map();
  const decode = (): Map<string, Kept> =>
    new Map((deserialize(bytes) as Kept[]).map(each => [each[0], each]));
  return orUndefined(decode) ?? new Map();
}

function largeFile(file: string, hash: string): string {
  return `${file}-${hash}`;
}

/** Adds to what stands in the file by now: other workers have ended, too. */
function write(file: string, fresh: ReadonlyMap<string, Fresh>, used: ReadonlySet<string>): void {
  writeCode(file, () => {
    const all = read(file);
    for (const [filename, { hash, script }] of fresh) {
      const code = script?.createCachedData() ?? null;
      const isLarge = code !== null && code.length >= LARGE;
      if (isLarge) writeCode(largeFile(file, hash), () => code);
      all.set(filename, isLarge ? [filename, hash] : [filename, hash, code]);
    }
    let left = [...all.values()].filter(([filename]) => fs.existsSync(filename));
    if (sizeOf(left) > MOST) left = left.filter(([filename]) => used.has(filename));
    removeOthers(file, new Set(left.map(([, hash]) => largeFile(file, hash))));
    return serialize(left);
  });
}

function sizeOf(all: readonly Kept[]): number {
  return all.reduce((sum, [, , code]) => sum + (code?.length ?? 0), 0);
}

/** Removes the files of large modules that have changed or are gone. */
function removeOthers(file: string, left: ReadonlySet<string>): void {
  const folder = dirname(file);
  for (const name of orUndefined(() => fs.readdirSync(folder)) ?? []) {
    const other = join(folder, name);
    if (other.startsWith(largeFile(file, '')) && !left.has(other)) orUndefined(() => fs.rmSync(other));
  }
}
