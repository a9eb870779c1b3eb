import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Report } from './report';
import { type RunOptions, runFiles } from './run-jest';

/** What a project's files may require: `log(event)` and `logged(name, value?)`, a fixture's body that logs up and down. */
export const EVENTS_JS = `
  const fs = require('node:fs');
  exports.log = event => fs.appendFileSync(process.env.LOG, event + '\\n');
  exports.logged = (name, value = name, ms = 0) => async function* () {
    exports.log(name + ' up');
    yield value;
    await new Promise(resolve => setTimeout(resolve, ms));
    exports.log(name + ' down');
  };`;

/** A setup file with a fixture of each wide scope. */
export const FIXTURES_JS = `
  const { logged } = require('./events');
  fixture('session', { scope: 'session' }, logged('session', { port: 80 }));
  fixture('worker', { scope: 'worker' }, async function* ({ session }) { yield* logged('worker', [session.port])(); });
  fixture('directory', { scope: 'directory' }, async function* ({ worker }) { yield* logged('directory', worker)(); });
  fixture('file', { scope: 'file' }, async function* ({ directory }) { yield* logged('file', [...directory])(); });`;

/** A test that uses all of them. */
export const USES =
  "test('uses', ({ session, worker, file }) => { expect([session.port, worker, file]).toEqual([80, [80], [80]]); });";

export interface Logged {
  readonly report: Report;
  /** All that was logged, in its order. */
  readonly log: readonly string[];
  /** What the run left in the folder for temporary files. */
  readonly left: readonly string[];
}

/** Runs Jest on files that log what happens, with a folder for temporary files of its own. */
export function runLogged(
  files: Readonly<Record<string, string>>,
  { env, ...options }: RunOptions = {},
): Logged {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'logged-'));
  const log = path.join(folder, 'log');
  const temporary = path.join(folder, 'tmp');
  fs.mkdirSync(temporary);
  fs.writeFileSync(log, '');
  try {
    const report = runFiles(
      { 'events.js': EVENTS_JS, ...files },
      { ...options, env: { TMPDIR: temporary, ...env, LOG: log } },
    );
    const lines = fs.readFileSync(log, 'utf8').split('\n').filter(Boolean);
    // Jest's own cache lies there as well.
    const left = fs.readdirSync(temporary).filter(name => !/^(jest_|node-compile-cache|ts-jest)/.test(name));
    return { report, log: lines, left };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** How often each event was logged. */
export function counts(log: readonly string[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const event of log) found[event] = (found[event] ?? 0) + 1;
  return found;
}
