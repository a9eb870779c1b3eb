import * as fs from 'node:fs';
import * as path from 'node:path';
import type { RunOptions } from './run-jest';

/** The files of a project: names and texts. */
export type Files = Readonly<Record<string, string>>;

/** What a project needs of the transforms of the preset: none, one that drops types, or just those. */
export type Needs = 'nothing' | 'types' | 'preset';

export function needsOf(files: Files): Needs {
  const entries = Object.entries(files);
  const needsPreset = ([name, text]: [string, string]): boolean =>
    /\.([cm]ts|[cm]?tsx)$|babel|config\.ts$|tsconfig/.test(name) ||
    /transform|jest\.mock|istanbul/.test(text) ||
    (!name.endsWith('.ts') && /^import /m.test(text));
  if (entries.some(needsPreset)) return 'preset';
  return entries.some(([name]) => name.endsWith('.ts')) ? 'types' : 'nothing';
}

/** The same of a folder. */
export function needsOfFolder(folder: string): Needs {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const sources = names.filter(name => /\.[cm]?[jt]sx?$|tsconfig/.test(name));
  return needsOf(
    Object.fromEntries(sources.map(name => [name, fs.readFileSync(path.join(folder, name), 'utf8')])),
  );
}

/** What several projects of one run need. */
export function needsOfAll(needs: readonly Needs[]): Needs {
  return (['preset', 'types'] as const).find(each => needs.includes(each)) ?? 'nothing';
}

/** Without the transforms of the preset where nothing depends on them: Babel and TypeScript load longer than most tests run. */
export function quickly(needs: Needs, options: RunOptions = {}): RunOptions {
  const { args = [], transforms = false } = options;
  if (transforms || needs === 'preset' || args.includes('--coverage')) return options;
  const transform = needs === 'types' ? DROPS_TYPES : {};
  return { ...options, args: [...args, `--transform=${JSON.stringify(transform)}`] };
}

/** That of our own tests. */
const DROPS_TYPES = Object.fromEntries(
  Object.entries(require('../jest.config').transform as Record<string, [string, object]>).map(
    ([pattern, [name, options]]) => [pattern, [require.resolve(name), options]],
  ),
);
