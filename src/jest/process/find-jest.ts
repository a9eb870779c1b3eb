import { createRequire } from 'node:module';
import { errorOf } from '../../errors/problem';
import { noJest, oldJest } from '../../errors/project/command-line';
import * as path from '../../node/path';

/** The Jest of a project. */
export interface FoundJest {
  /** Its main module. */
  readonly file: string;
  /** What its `package.json` names as `bin`. */
  readonly bin: string;
}

const OLDEST = 30;

/**
 * The Jest that the first of these folders sees, as Node looks up packages: in its own `node_modules`, in those above
 * it, or by Plug'n'Play. Otherwise the one beside this package. Throws if there is none, or if it is too old.
 */
export function findJest(folders: readonly string[]): FoundJest {
  const froms = [...folders.map(folder => path.join(folder, 'package.json')), __filename];
  for (const from of froms) {
    const file = resolveFrom(from, 'jest');
    if (file === undefined) continue;
    const packageFile = resolveFrom(from, 'jest/package.json')!;
    const { version, bin } = createRequire(from)(packageFile) as {
      readonly version: string;
      readonly bin: string | Readonly<Record<string, string>>;
    };
    if (Number.parseInt(version, 10) < OLDEST) throw errorOf(oldJest(version, path.dirname(packageFile)));
    const script = typeof bin === 'string' ? bin : bin.jest!;
    return { file, bin: path.join(path.dirname(packageFile), script) };
  }
  throw errorOf(noJest(folders));
}

/**
 * The folders whose Jest runs, for Jest's arguments: `--rootDir`, the folder of `--config`, the current one.
 */
export function projectFolders(args: readonly string[], cwd: string): string[] {
  const rootDir = optionOf(args, ['--rootDir', '--root-dir']);
  const config = optionOf(args, ['--config', '-c']);
  return [
    ...new Set([
      ...(rootDir === undefined ? [] : [path.resolve(cwd, rootDir)]),
      // It may also be JSON.
      ...(config === undefined || config.startsWith('{') ? [] : [path.dirname(path.resolve(cwd, config))]),
      cwd,
    ]),
  ];
}

/** The value of one of Jest's options. */
export function optionOf(args: readonly string[], names: readonly string[]): string | undefined {
  for (const [index, arg] of args.entries()) {
    if (arg === '--') break;
    for (const name of names) {
      if (arg === name) return args[index + 1];
      if (arg.startsWith(`${name}=`)) return arg.slice(name.length + 1);
    }
  }
  return undefined;
}

function resolveFrom(from: string, name: string): string | undefined {
  try {
    return createRequire(from).resolve(name);
  } catch {
    return undefined;
  }
}
