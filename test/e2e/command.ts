import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { nearGuide } from './near-guide';
import { ROOT } from './run-jest';

/* The command `jest-loop` of the packed package, in a folder of its own for each test. */

export const CLI = path.join(ROOT, 'node_modules/jest-loop/build/entries/cli.js');

/** Runs the command alone. */
export function command(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Ran {
  const { JEST_WORKER_ID: _, NODE_ENV: __, ...others } = process.env;
  const child = spawnSync(process.execPath, [CLI, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...others, NO_COLOR: '1', CI: '1', ...env },
  });
  return { code: child.status, out: child.stdout, err: nearGuide(child.stderr) };
}

/** Both outputs as one, as in `jest-loop > log 2>&1`. */
export function outputOf(args: readonly string[], cwd: string): string {
  const log = path.join(cwd, 'log');
  const file = fs.openSync(log, 'w');
  const { JEST_WORKER_ID: _, NODE_ENV: __, ...others } = process.env;
  const env = { ...others, NO_COLOR: '1', CI: '1' };
  spawnSync(process.execPath, [CLI, ...args], { cwd, env, stdio: ['ignore', file, file] });
  fs.closeSync(file);
  return fs.readFileSync(log, 'utf8');
}

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A folder for each test of the file that calls {@link useFolder}. */
export let folder: string;

export function useFolder(): void {
  beforeEach(() => {
    fs.mkdirSync(path.join(ROOT, '.tmp/e2e'), { recursive: true });
    folder = fs.mkdtempSync(path.join(ROOT, '.tmp/e2e/command-'));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));
}

/** Writes files, and gives what lies in the folder afterwards. */
export function write(files: Readonly<Record<string, string>>, root: string = folder): void {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), text);
  }
}
export const read = (name: string): string => fs.readFileSync(path.join(folder, name), 'utf8');
export const names = (): string[] => fs.readdirSync(folder).sort();
