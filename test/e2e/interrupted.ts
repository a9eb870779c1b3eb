import { type ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../alive';
import { faultsOf, type Line } from './records';
import { PATIENT, ROOT } from './run-jest';

/*
 * What the files of a project may require. `say(event)` logs what happens, and who; `body(name)` is a fixture that
 * logs up and down. The fixture that SLOW names waits in its set-up until it is aborted; the one that SLOW_DOWN names
 * has a teardown that lasts until the first signal has been sent, and the one that HANGS names a teardown without end.
 * `whenStruck()` waits for as long; `untilStruck()` lets nothing else run meanwhile.
 */
const EVENTS_JS = `
  const fs = require('node:fs');
  const { randomUUID } = require('node:crypto');
  const { threadId } = require('node:worker_threads');
  const log = line =>
    fs.appendFileSync(process.env.LOG, JSON.stringify({ pid: process.pid, thread: threadId, ...line }) + '\\n');
  exports.say = event => log({ event });
  const struck = () => fs.existsSync(process.env.LOG + '.struck');
  // The process that gets the signal needs a moment to act on it.
  const MOMENT = 200;
  exports.whenStruck = async () => {
    while (!struck()) await new Promise(resolve => setTimeout(resolve, 5));
    await new Promise(resolve => setTimeout(resolve, MOMENT));
  };
  exports.untilStruck = () => {
    while (!struck());
    for (const end = Date.now() + MOMENT; Date.now() < end; );
  };
  exports.body = name => async function* (deps, request) {
    const id = name + ' ' + randomUUID();
    exports.say('begins ' + name);
    if (process.env.SLOW === name)
      await new Promise((resolve, reject) => {
        request.signal.addEventListener('abort', () => {
          exports.say('aborted ' + name + ': ' + request.signal.reason.message);
          reject(request.signal.reason);
        });
      });
    log({ up: id, needs: Object.values(deps) });
    yield id;
    if (process.env.SLOW_DOWN === name) {
      exports.say('slow ' + name);
      await exports.whenStruck();
    }
    if (process.env.HANGS === name) {
      exports.say('hangs ' + name);
      await new Promise(() => setInterval(() => {}, 1000));
    }
    log({ down: id });
  };
  log({});`;

/** A setup file with a fixture of each scope, one upon the other. */
export const FIXTURES_JS = `
  const { body } = require('./events');
  fixture('session', { scope: 'session', deps: [] }, body('session'))
    .fixture('worker', { scope: 'worker', deps: ['session'] }, body('worker'))
    .fixture('directory', { scope: 'directory', deps: ['worker'] }, body('directory'))
    .fixture('file', { scope: 'file', deps: ['directory'] }, body('file'))
    .fixture('block', { scope: 'describe', deps: ['file'] }, body('block'))
    .fixture('own', { deps: ['block'] }, body('own'));`;

/** How long in ms something may take that has to come. */
const LONGEST = 40_000;

/** A signal, when all of that has been logged. */
export interface Strike {
  readonly when: readonly string[];
  readonly signal: NodeJS.Signals;
}

export interface InterruptOptions {
  readonly files: Readonly<Record<string, string>>;
  readonly strikes: readonly Strike[];
  /** Whether it goes to all processes, as a terminal does it; else to Jest's own. */
  readonly group?: boolean;
  readonly args?: readonly string[];
  readonly config?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly host?: string;
  /** What Node runs, from the folder of the project. @default Jest */
  readonly script?: string;
  /** Jest's own limits for processes to exit. */
  readonly impatient?: boolean;
}

export interface Interrupted {
  readonly code: number | null;
  readonly output: string;
  /** What was logged before the first signal, and after it. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** See `faultsOf`; and what was left in the folder for temporary files. */
  readonly faults: readonly string[];
  /** Statuses by test name, as far as Jest has reported them. */
  readonly tests: Readonly<Record<string, string>>;
}

/** Runs Jest on files given as text and sends it signals. */
export async function interrupt(options: InterruptOptions): Promise<Interrupted> {
  const { strikes, host = ROOT } = options;
  const root = path.join(host, '.tmp/e2e');
  fs.mkdirSync(root, { recursive: true });
  const folder = fs.mkdtempSync(path.join(root, 'interrupted-'));
  const scratch = fs.mkdtempSync(path.join(root, 'scratch-'));
  try {
    const { child, log, output, report } = start(options, host, folder, scratch);
    let code: number | null | undefined;
    const exited = new Promise<void>(resolve => {
      child.once('close', found => {
        code = found;
        resolve();
      });
    });
    let began: number | undefined;
    for (const { when, signal } of strikes) {
      const isThere = (): boolean => hasAll(read(log).map(inWords), when);
      await until(() => isThere() || code !== undefined);
      began ??= read(log).length;
      if (code !== undefined) break;
      if (options.group) process.kill(-child.pid!, signal);
      else process.kill(child.pid!, signal);
      fs.writeFileSync(`${log}.struck`, '');
    }
    await Promise.race([exited, sleep(LONGEST, undefined, { ref: false })]);
    if (code === undefined) {
      output.push('\nJest did not end');
      process.kill(-child.pid!, 'SIGKILL');
      await exited;
    }
    const alive = (): boolean => read(log).some(({ pid }) => isAlive(pid));
    await until(() => !alive());
    const lines = read(log);
    const events = lines.map(inWords);
    return {
      code: code!,
      output: output.join(''),
      before: events.slice(0, began).filter(Boolean),
      after: events.slice(began).filter(Boolean),
      faults: [...faultsOf(lines), ...left(scratch)],
      tests: statuses(report),
    };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

interface Started {
  readonly child: ChildProcess;
  readonly log: string;
  readonly output: string[];
  readonly report: string;
}

function start(
  { files, args = [], config = {}, env = {}, script, impatient }: InterruptOptions,
  host: string,
  folder: string,
  scratch: string,
): Started {
  const all: Record<string, string> = {
    'package.json': '{ "name": "interrupted" }',
    'jest.config.js': `module.exports = ${JSON.stringify({
      preset: 'jest-loop',
      setupFilesAfterEnv: ['<rootDir>/fixtures.js'],
      transform: {},
      ...config,
    })};`,
    'events.js': EVENTS_JS,
    'fixtures.js': FIXTURES_JS,
    ...files,
  };
  for (const [name, text] of Object.entries(all)) fs.writeFileSync(path.join(folder, name), text);
  const log = path.join(folder, 'log');
  const report = path.join(folder, 'report.json');
  fs.writeFileSync(log, '');
  const jest = path.resolve(folder, script ?? path.join(host, 'node_modules/jest/bin/jest.js'));
  const patience = impatient ? [] : PATIENT;
  const child = spawn(
    process.execPath,
    [jest, '--ci', '--json', `--outputFile=${report}`, ...patience, ...args],
    {
      cwd: folder,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        TMPDIR: scratch,
        NO_COLOR: '1',
        LOG: log,
        ...env,
      },
    },
  );
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', data => output.push(data));
  return { child, log, output, report };
}

type Entry = Line & { readonly event?: string };

function read(log: string): Entry[] {
  const lines = fs.readFileSync(log, 'utf8').split('\n').slice(0, -1);
  return lines.map(line => JSON.parse(line) as Entry);
}

/** A line in words, without the number of an instance. */
function inWords({ event, up, down }: Entry): string {
  if (up !== undefined) return `${up.split(' ')[0]} up`;
  if (down !== undefined) return `${down.split(' ')[0]} down`;
  return event ?? '';
}

/** Whether each of them is there, one that is named twice twice. */
function hasAll(events: readonly string[], wanted: readonly string[]): boolean {
  const count = (list: readonly string[], event: string): number =>
    list.filter(each => each === event).length;
  return wanted.every(event => count(events, event) >= count(wanted, event));
}

async function until(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + LONGEST; !holds() && Date.now() < end; ) await sleep(20);
}

/** Jest's own cache lies there as well. */
function left(scratch: string): string[] {
  return fs
    .readdirSync(scratch)
    .filter(name => name.startsWith('jest-loop'))
    .map(name => `${name} was left`);
}

interface Results {
  testResults: { assertionResults: { fullName: string; status: string }[] }[];
}

function statuses(report: string): Record<string, string> {
  if (!fs.existsSync(report)) return {};
  const { testResults } = JSON.parse(fs.readFileSync(report, 'utf8')) as Results;
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  return Object.fromEntries(tests.map(({ fullName, status }) => [fullName, status]));
}
