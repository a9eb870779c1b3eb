import { type ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as esbuild from 'esbuild';
import { fullTest, sizedTo } from '../sizes';
import { ROOT, runFiles } from './run-jest';

/*
 * What fixtures start ends with the process that they run in, even if that is killed. All with real processes.
 */
const PLACE = fs.mkdtempSync(path.join(os.tmpdir(), 'jest-loop-children-'));
const WATCH = path.join(PLACE, 'watch.js');

beforeAll(() => {
  esbuild.buildSync({
    entryPoints: [path.join(ROOT, 'src/children/watch.ts')],
    outfile: WATCH,
    bundle: true,
    platform: 'node',
  });
});
afterAll(() => fs.rmSync(PLACE, { recursive: true }));
/** Children: a program, a shell with a program in it, one with a group of its own, one that heeds no SIGTERM. */
const KINDS: Readonly<Record<string, string>> = {
  program: "spawn('sleep', ['1000'])",
  node: "spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])",
  shell: "spawn('sleep 1000; true', { shell: true })",
  detached: "spawn('sleep 1000 & sleep 1000', { shell: true, detached: true })",
  deaf: `spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); console.log(1); setInterval(() => {}, 1000)"])`,
  fork: "fork(__filename, ['forked'])",
};

/** A process that sends the ids of its children, and does what its script says. */
const PARENT = `
  if (process.argv[2] === 'forked') { setInterval(() => {}, 1000); return; }
  const { fork, spawn } = require('node:child_process');
  const { watchChildren } = require(${JSON.stringify(WATCH)});
  let watched = true;
  watchChildren(() => watched);
  watchChildren(() => { throw new Error('a second time'); });
  const unwatched = fn => { watched = false; const child = fn(); watched = true; return child; };
  const send = (...pids) => process.send({ pids });`;

interface Row {
  readonly pid: number;
  readonly parent: number;
  readonly args: string;
}

/** The running processes, without those that have ended and wait to be reaped. */
function processes(): Row[] {
  return fs
    .readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => {
      try {
        const stat = fs.readFileSync(`/proc/${name}/stat`, 'utf8');
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const args = fs.readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return state === 'Z' ? [] : [{ pid: Number(name), parent: Number(parent), args }];
      } catch {
        return [];
      }
    });
}

const alive = (pids: readonly number[]): number[] => {
  const running = new Set(processes().map(({ pid }) => pid));
  return pids.filter(pid => running.has(pid));
};
const helperOf = (parent: number): Row | undefined =>
  processes().find(each => each.parent === parent && each.args.includes('jest-loop-children'));

/** Waits until something is so, within bounds that a busy machine keeps. */
async function until(what: string, is: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!is()) {
    if (Date.now() > end) throw new Error(`not within 20 seconds: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

/** All that descends from a process. */
function descendants(pid: number): number[] {
  const rows = processes();
  const found = [pid];
  for (const each of found) found.push(...rows.filter(({ parent }) => parent === each).map(row => row.pid));
  return found.slice(1);
}

const started: ChildProcess[] = [];
const seen = new Set<number>();
let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(ROOT, '.tmp/children-'));
});
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
  for (const pid of alive([...seen])) process.kill(pid, 'SIGKILL');
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Starts such a process; resolves once it has sent its children's ids. */
async function start(script: string): Promise<{ parent: ChildProcess; pids: number[] }> {
  const file = path.join(folder, `parent-${started.length}.js`);
  fs.writeFileSync(file, PARENT + script);
  const parent = spawn(process.execPath, [file], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  started.push(parent);
  const { pids } = await new Promise<{ pids: number[] }>((resolve, reject) => {
    parent.once('message', resolve as (message: unknown) => void);
    parent.once('exit', code => reject(new Error(`ended with ${code}`)));
  });
  for (const pid of pids) seen.add(pid);
  return { parent, pids };
}

const end = (parent: ChildProcess): Promise<unknown> => new Promise(resolve => parent.once('exit', resolve));
const kill = async (parent: ChildProcess): Promise<void> => {
  const ended = end(parent);
  parent.kill('SIGKILL');
  await ended;
};

const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('a process that is killed', () => {
  test.each(sizedTo(1, Object.entries(KINDS)))('takes its children with it: %s', async (_, code) => {
    const { parent, pids } = await start(`
      const child = ${code};
      const ready = child.spawnargs.join().includes('console.log') ? child.stdout : child;
      ready.once(ready === child ? 'spawn' : 'data', () => send(child.pid));
      setInterval(() => {}, 1000);`);
    await until('it has descendants', () => pids.every(pid => descendants(parent.pid!).includes(pid)));
    const helper = helperOf(parent.pid!)!;
    const all = descendants(parent.pid!);
    for (const pid of all) seen.add(pid);
    expect(alive([...pids, helper.pid])).toEqual([...pids, helper.pid]);
    await kill(parent);
    await until('all have ended', () => alive([...all, ...pids]).length === 0);
  });

  fullTest(
    'leaves alone what fixtures did not start, what has ended, and starts one helper for many',
    async () => {
      const { parent, pids } = await start(`
      const other = unwatched(() => spawn('sleep', ['1000']));
      const children = [1, 2, 3].map(() => spawn('sleep', ['1000']));
      const early = spawn('true');
      const failing = spawn('/no/such/program');
      failing.on('error', () => {});
      early.on('exit', () => send(other.pid, ...children.map(({ pid }) => pid)));
      setInterval(() => {}, 1000);`);
      const [other, ...children] = pids as [number, ...number[]];
      const helpers = processes().filter(
        each => each.parent === parent.pid && /jest-loop-children/.test(each.args),
      );
      expect(helpers).toHaveLength(1);
      await kill(parent);
      await until('they have ended', () => alive([...children, helpers[0]!.pid]).length === 0);
      expect(alive([other])).toEqual([other]);
      process.kill(other, 'SIGKILL');
    },
  );

  fullTest('though its whole group is killed, and something ended its helper before', async () => {
    const { parent, pids } = await start(`
      const child = spawn('sleep', ['1000'], { detached: true });
      let second;
      process.on('message', () => { second ??= spawn('sleep', ['1000']); send(child.pid, second.pid); });
      send(child.pid);`);
    const first = helperOf(parent.pid!)!;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(first.pid, signal);
    process.kill(first.pid, 'SIGKILL');
    await until('it is gone', () => alive([first.pid]).length === 0);
    let all = pids;
    // The process learns of the end of its helper in a turn of its own.
    await new Promise(resolve => setTimeout(resolve, 100));
    parent.once('message', message => {
      all = (message as { pids: number[] }).pids;
    });
    parent.send('more');
    await until('there is a second child', () => all.length === 2);
    for (const pid of all) seen.add(pid);
    expect(helperOf(parent.pid!)!.pid).not.toBe(first.pid);
    await kill(parent);
    await until('both have ended', () => alive(all).length === 0);
  });

  fullTest('at any moment', async () => {
    for (let round = 0; round < 20; round++) {
      const { parent } = await start(`
        setInterval(() => {
          const child = spawn('sleep', ['1000'], { detached: Math.random() < 0.5 });
          if (Math.random() < 0.5) setTimeout(() => child.kill(), 3);
        }, 2);
        setTimeout(send, 10);`);
      const marked = new Set<number>();
      const ended = end(parent);
      await new Promise(resolve => setTimeout(resolve, Math.random() * 30));
      parent.kill('SIGSTOP');
      for (const pid of descendants(parent.pid!)) marked.add(pid).add(pid);
      for (const pid of marked) seen.add(pid);
      parent.kill('SIGKILL');
      await ended;
      expect(marked.size).toBeGreaterThan(0);
      await until(`round ${round}`, () => alive([...marked]).length === 0);
    }
  });
});

onLinux('a process that ends by itself', () => {
  test('is not kept by the helper, and leaves nothing', async () => {
    const { parent, pids } = await start(`
      const child = spawn('sleep', ['1000']);
      child.unref();
      for (const each of child.stdio) each?.unref?.();
      send(child.pid);
      process.disconnect();`);
    const helper = helperOf(parent.pid!);
    if (parent.exitCode === null) await end(parent);
    await until('its child has ended', () => alive(pids).length === 0);
    if (helper !== undefined) await until('the helper has ended', () => alive([helper.pid]).length === 0);
  });

  fullTest('starts no helper where fixtures start nothing', async () => {
    const { parent } = await start(`
      const child = unwatched(() => spawn('true'));
      child.on('exit', () => send());
      process.on('message', () => process.disconnect());`);
    expect(helperOf(parent.pid!)).toBeUndefined();
    const ended = end(parent);
    parent.send('end');
    expect(await ended).toBe(0);
  });
});

onLinux('in Jest', () => {
  const FILES = {
    'jest.config.js': 'module.exports = { preset: "jest-loop", setupFilesAfterEnv: ["<rootDir>/setup.js"] };',
    'setup.js': `
      const { spawn } = require('node:child_process');
      const fs = require('node:fs');
      const note = child => { fs.appendFileSync(process.env.PIDS, child.pid + '\\n'); return child; };
      fixture('inFile', { scope: 'file' }, async function* () {
        const child = note(spawn('sleep', ['1000']));
        yield child;
        child.kill();
        await new Promise(resolve => child.on('exit', resolve));
      });
      fixture('inTest', async ({ tasks }) => tasks.start(async () => {
        await null;
        return note(spawn('sleep 1000; true', { shell: true, detached: true }));
      }));`,
    'killed.test.js': `
      test('kills its own process', async ({ inFile, inTest }) => {
        if (fs().existsSync(process.env.PIDS + '.killed')) return;
        fs().writeFileSync(process.env.PIDS + '.killed', '');
        process.kill(process.pid, 'SIGKILL');
        await new Promise(() => {});
      });
      const fs = () => require('node:fs');`,
    'other.test.js': "test('another file', ({ inFile }) => { expect(inFile.exitCode).toBe(null); });",
  };

  test('a worker that is killed takes the children of its fixtures with it', async () => {
    const PIDS = path.join(folder, 'pids');
    const report = runFiles(FILES, { args: ['--maxWorkers=2'], env: { PIDS } });
    expect(fs.existsSync(`${PIDS}.killed`)).toBe(true);
    expect(report.files['other.test.js']!.tests.map(({ status }) => status)).toEqual(['passed']);
    const pids = fs.readFileSync(PIDS, 'utf8').trim().split('\n').map(Number);
    for (const pid of pids) seen.add(pid);
    expect(pids.length).toBeGreaterThanOrEqual(3);
    await until('all have ended', () => alive(pids).length === 0);
  });

  fullTest('Jest is not kept from ending, and sees no open handle', () => {
    const PIDS = path.join(folder, 'pids-open');
    const report = runFiles(
      { ...FILES, 'killed.test.js': "test('asks', ({ inFile }) => {});" },
      { args: ['--detectOpenHandles'], env: { PIDS } },
    );
    expect(report.code).toBe(0);
    expect(report.output).not.toMatch(/open handle/i);
  });
});
