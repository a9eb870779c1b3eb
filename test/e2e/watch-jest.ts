import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { EVENTS_JS } from './logged';
import { PATIENT, ROOT } from './run-jest';

/** Jest in watch mode, as a user at the keyboard sees it. */
export interface Watching {
  /** Resolves when the given number of runs is over, all in all. */
  ran(times: number): Promise<void>;
  press(key: string): void;
  /** Resolves when that was logged. */
  logged(event: string): Promise<void>;
  /** Changes a file of the project. */
  write(file: string, text: string): void;
  log(): string[];
  output(): string;
  /** Presses q; resolves with the exit code. */
  quit(): Promise<number | null>;
  /** Resolves with the exit code. */
  readonly exited: Promise<number | null>;
}

/** What Jest looks for before it listens to keys. */
const TERMINAL =
  'process.stdin.isTTY = process.stdout.isTTY = true; process.stdin.setRawMode = () => process.stdin;';
/** Said when a run is over and keys are waited for. */
const WAITS = /Watch Usage/g;
/** How long in ms a run may take. */
const LONGEST = 50_000;

interface WatchOptions {
  readonly node?: readonly string[];
  /** Watches what has changed since the last commit, in a repository of its own; otherwise all tests. */
  readonly changed?: boolean;
  /** Runs the command `jest-loop`. */
  readonly loop?: boolean;
}

/** Runs `jest --watchAll` or `jest --watch` on files given as text, while `use` is under way. All goes to one stream. */
export async function watchJest(
  files: Readonly<Record<string, string>>,
  args: readonly string[],
  use: (watching: Watching) => Promise<void>,
  { node = [], changed = false, loop = false }: WatchOptions = {},
): Promise<void> {
  const root = path.join(ROOT, '.tmp/e2e');
  fs.mkdirSync(root, { recursive: true });
  const folder = fs.mkdtempSync(path.join(root, 'watch-'));
  const scratch = fs.mkdtempSync(path.join(root, 'scratch-'));
  const log = path.join(scratch, 'log');
  const terminal = path.join(scratch, 'terminal.js');
  fs.writeFileSync(log, '');
  fs.writeFileSync(terminal, TERMINAL);
  const write = (name: string, text: string): void => {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  };
  for (const [name, text] of Object.entries({
    'package.json': '{ "name": "watched" }',
    'jest.config.js': "module.exports = { preset: 'jest-loop' };",
    'events.js': EVENTS_JS,
    ...files,
  }))
    write(name, text);
  if (changed) commit(folder);
  const command = loop ? 'jest-loop/build/entries/cli.js' : 'jest/bin/jest.js';
  const jest = path.join(ROOT, 'node_modules', command);
  const child = spawn(
    process.execPath,
    [
      ...node,
      '-r',
      terminal,
      jest,
      changed ? '--watch' : '--watchAll',
      '--useStderr',
      '--transform={}',
      ...PATIENT,
      ...args,
    ],
    {
      cwd: folder,
      env: { PATH: process.env.PATH, TMPDIR: scratch, LOG: log, NO_COLOR: '1', TERM: 'xterm' },
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  let output = '';
  const waiters: (() => void)[] = [];
  const hear = (text: string): void => {
    output += text;
    for (const waiter of waiters.splice(0)) waiter();
  };
  child.stdout.setEncoding('utf8').on('data', hear);
  child.stderr.setEncoding('utf8').on('data', hear);
  const exited = new Promise<number | null>(resolve => child.once('exit', resolve));
  let ended = false;
  void exited.then(() => {
    ended = true;
    hear('');
  });
  const watching: Watching = {
    ran: async times => {
      const late = setTimeout(() => {
        output += `\nnot ${times} runs within ${LONGEST} ms`;
        child.kill('SIGKILL');
      }, LONGEST);
      while ((output.match(WAITS)?.length ?? 0) < times) {
        if (ended) throw new Error(`Jest has ended:\n${output}`);
        await new Promise<void>(resolve => waiters.push(resolve));
      }
      clearTimeout(late);
    },
    press: key => child.stdin.write(key),
    write,
    logged: async event => {
      while (!watching.log().includes(event)) {
        if (ended) throw new Error(`Jest has ended:\n${output}`);
        await new Promise(resolve => setTimeout(resolve, 10));
      }
    },
    log: () => fs.readFileSync(log, 'utf8').split('\n').filter(Boolean),
    output: () => output,
    exited,
    quit: () => {
      child.stdin.write('q');
      return exited;
    },
  };
  try {
    await use(watching);
  } finally {
    child.kill('SIGKILL');
    await exited;
    fs.rmSync(folder, { recursive: true, force: true });
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/** Makes the folder a repository of its own, with nothing changed in it. */
function commit(folder: string): void {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  for (const args of [
    ['init', '-q'],
    ['add', '-A'],
    [...identity, 'commit', '-q', '-m', 'all'],
  ]) {
    const { status, stderr } = spawnSync('git', args, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  }
}
