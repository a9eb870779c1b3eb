import * as fs from 'node:fs';
import * as path from 'node:path';
import type { RunOptions } from './run-jest';

/** The files of a project: names and texts. */
export type Files = Readonly<Record<string, string>>;

/** Whether Jest can run these files without a transform. */
export function isPlain(files: Files): boolean {
  return Object.entries(files).every(
    ([name, text]) =>
      !/\.[cm]?tsx?$|babel/.test(name) && !/transform|jest\.mock|istanbul|^import /m.test(text),
  );
}

/** The same of a folder. */
export function isPlainFolder(folder: string): boolean {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const sources = names.filter(name => /\.[cm]?[jt]sx?$/.test(name));
  return isPlain(
    Object.fromEntries(sources.map(name => [name, fs.readFileSync(path.join(folder, name), 'utf8')])),
  );
}

/** Without a transform where nothing depends on one: loading Babel takes each process longer than such tests do. */
export function quickly(plain: boolean, options: RunOptions = {}): RunOptions {
  const { args = [], transforms = false } = options;
  const keeps = transforms || !plain || args.includes('--coverage');
  return keeps ? options : { ...options, args: [...args, '--transform={}'] };
}
