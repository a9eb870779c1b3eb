import { type ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../alive';
import { ROOT } from './run-jest';

/*
 * Whichever process is killed, at whatever moment, nothing stays: no process, no socket, no temporary folder. Each
 * round runs a project in which fixtures of all scopes start child processes, and kills one of its processes at a
 * random moment.
 */

const ROUNDS = Number(process.env.KILLS ?? 100);
const AT_ONCE = 3;
const LONGEST = 30_000;

const SETUP = `
const { spawn } = require('node:child_process');
const { appendFileSync } = require('node:fs');
const log = text => appendFileSync(process.env.KILLS_LOG, text + '\\n');
async function* child({}, request) {
  const started = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  log('child ' + started.pid);
  log('up ' + request.scope + ' ' + process.pid);
  yield { pid: started.pid };
  started.kill('SIGKILL');
  log('down ' + request.scope + ' ' + process.pid);
}
fixture('everywhere', { scope: 'session' }, child)
  .fixture('here', { scope: 'worker' }, child)
  .fixture('nearby', { scope: 'directory' }, child)
  .fixture('file', { scope: 'file' }, child)
  .fixture('own', child);
log('process ' + process.pid);
`;
const TEST = `
for (const n of [1, 2, 3])
  test('t' + n, async ({ everywhere, here, nearby, file, own }) => {
    await new Promise(resolve => setTimeout(resolve, 60));
  });
`;

const folder = path.join(ROOT, '.tmp/e2e', `kills-${process.pid}`);

beforeAll(() => {
  const files: Record<string, string> = {
    'package.json': '{ "name": "kills" }',
    'jest.config.js':
      "module.exports = { preset: 'jest-loop', setupFilesAfterEnv: ['<rootDir>/setup.js'], transform: {}, workerIdleMemoryLimit: '2GB' };",
    'setup.js': SETUP,
  };
  for (const directory of ['a', 'b']) {
    for (const n of [1, 2, 3]) files[`${directory}/${n}.test.js`] = TEST;
  }
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
});

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

type Victim = 'worker' | 'main by SIGTERM' | 'main by SIGINT' | 'main by SIGKILL' | 'child';
const VICTIMS: readonly Victim[] = [
  'worker',
  'main by SIGTERM',
  'main by SIGINT',
  'main by SIGKILL',
  'child',
];

interface Round {
  readonly number: number;
  readonly victim: Victim;
  readonly log: string;
  readonly scratch: string;
}

const read = (file: string): string => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '');
const pids = (text: string, word: string): number[] =>
  [...text.matchAll(new RegExp(`^${word} (\\d+)$`, 'gm'))].map(match => Number(match[1]));

async function until(holds: () => boolean, ms: number): Promise<boolean> {
  for (const end = Date.now() + ms; Date.now() < end; await sleep(25)) if (holds()) return true;
  return holds();
}

function kill(pid: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}

function strike({ victim, log }: Round, main: ChildProcess): void {
  const text = read(log);
  const any = (found: number[]): number | undefined => found[Math.floor(Math.random() * found.length)];
  if (victim === 'worker')
    kill(any([...new Set(pids(text, 'process'))].filter(pid => pid !== main.pid)), 'SIGKILL');
  else if (victim === 'child') kill(any(pids(text, 'child').filter(isAlive)), 'SIGKILL');
  else kill(main.pid, victim.slice('main by '.length) as NodeJS.Signals);
}

/** Gives what is wrong afterwards. */
async function play(round: Round): Promise<string[]> {
  const { log, scratch, victim } = round;
  fs.mkdirSync(scratch, { recursive: true });
  const output: string[] = [];
  const main = spawn(
    process.execPath,
    [path.join(ROOT, 'node_modules/jest/bin/jest.js'), '--maxWorkers=2', '--ci'],
    {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, HOME: process.env.HOME, KILLS_LOG: log, TMPDIR: scratch, NO_COLOR: '1' },
    },
  );
  for (const stream of [main.stdout, main.stderr]) stream.on('data', data => output.push(String(data)));
  let ended = false;
  main.once('exit', () => {
    ended = true;
  });
  await until(() => ended || pids(read(log), 'child').length > 0, LONGEST);
  await sleep(Math.random() * 700);
  strike(round, main);
  const wrong: string[] = [];
  if (!(await until(() => ended, LONGEST))) {
    wrong.push('Jest did not end');
    main.kill('SIGKILL');
  }
  const all = (): number[] => [...pids(read(log), 'process'), ...pids(read(log), 'child')];
  if (!(await until(() => !all().some(isAlive), 15_000))) {
    const left = all().filter(isAlive);
    wrong.push(
      `left running: ${left.map(pid => read(log).match(new RegExp(`^.* ${pid}$`, 'm'))?.[0]).join(', ')}`,
    );
    for (const pid of left) kill(pid, 'SIGKILL');
  }
  const sockets = (): string[] => fs.readdirSync(scratch).filter(name => name.startsWith('jest-loop-'));
  if (!(await until(() => sockets().length === 0, victim === 'main by SIGKILL' ? 5000 : 0)))
    wrong.push(`left on disk: ${sockets().join(', ')}`);
  if (wrong.length > 0) wrong.unshift(`round ${round.number}, ${victim}:`);
  return wrong.length === 0 ? [] : [...wrong, read(log), output.join('')];
}

// There is no /bin/sh that could look after the children of who is killed.
const onUnix = process.platform === 'win32' ? test.skip : test;

onUnix(
  `${ROUNDS} kills leave nothing behind`,
  async () => {
    const wrong: string[][] = [];
    let next = 0;
    const lane = async (): Promise<void> => {
      for (let number = next++; number < ROUNDS; number = next++) {
        const scratch = path.join(folder, '.tmp', `t${number}`);
        const log = path.join(folder, '.tmp', `log${number}`);
        const found = await play({ number, victim: VICTIMS[number % VICTIMS.length]!, log, scratch });
        if (found.length > 0) wrong.push(found);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    expect(wrong.map(lines => lines.join('\n')).join('\n\n')).toBe('');
  },
  // Each takes about two seconds, as a rule.
  600_000,
);
