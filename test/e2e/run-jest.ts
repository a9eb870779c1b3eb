import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Files, isPlain, quickly } from './plain';

export const ROOT = path.resolve(__dirname, '../..');
/** Where Jest is taken from; another version of it is tested by naming a folder that has it installed. */
const HOST = process.env.E2E_HOST ?? ROOT;

export const IN_BAND: readonly string[] = ['-i'];
/** The memory limit keeps Jest from running few fast files in band. */
export const WORKERS: readonly string[] = ['--maxWorkers=2', '--workerIdleMemoryLimit=2GB'];

/** One test of a report. */
export interface TestReport {
  readonly name: string;
  readonly status: string;
  /** Without the place in the guide, the code frame and the stack. */
  readonly messages: readonly string[];
  readonly raw: readonly string[];
  readonly location: { readonly line: number; readonly column: number } | null;
}

/** What a run of real Jest gave. */
export interface Report {
  readonly code: number | null;
  /** What Jest says; undefined where it has written nothing. */
  readonly success: boolean | undefined;
  readonly output: string;
  readonly files: Readonly<Record<string, FileReport>>;
  /** What `wide-log` logged from anywhere in the run. */
  readonly log: readonly LogEntry[];
}

/** An event, and where it happened. */
export interface LogEntry {
  /** `main` for Jest's own process, `w1`, `w2` … for its workers in the order of their first entry. */
  readonly process: string;
  /** In the sandbox of a test file. */
  readonly inside: boolean;
  readonly event: string;
}

export interface FileReport {
  readonly status: string;
  readonly tests: readonly TestReport[];
  /** Errors of the file: teardown of wider scopes, mistakes at load time. */
  readonly errors: readonly string[];
  /** What the file logged. */
  readonly events: readonly string[];
}

export interface RunOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly node?: readonly string[];
  /** Where Jest is taken from, if not from here. */
  readonly host?: string;
  /** Runs the command `jest-loop` of the packed package. */
  readonly loop?: boolean;
  /** Jest writes to a file, as in `jest > log`, and not to a pipe. */
  readonly toFile?: boolean;
  /** Whether plain JavaScript goes through the transform of the preset, as it does for users. */
  readonly transforms?: boolean;
  /** How long in ms it may take. */
  readonly timeout?: number;
}

interface JestJson {
  success: boolean;
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: {
      fullName: string;
      status: string;
      failureMessages: string[];
      location: TestReport['location'];
    }[];
  }[];
}

/** Variables that make Jest or its reporters behave differently for some callers. */
const AMBIENT =
  /^(CI|CLAUDE|AI_AGENT|CURSOR|COPILOT|GEMINI|CODEX|JEST_|NODE_OPTIONS|FORCE_COLOR|NO_COLOR|INIT_CWD|npm_)/i;

/** Runs real Jest on a folder, in a child process. */
export function runJest(folder: string, options?: RunOptions): Report {
  return run(folder, options, ({ results, ...whole }) => ({ ...whole, files: filesOf(results, folder) }));
}

/**
 * Runs real Jest once on several folders, as its `projects`: starting Jest costs more than most of them do. What it
 * reports is split by folder; the exit code is that of the whole run.
 */
export function runProjects(
  root: string,
  names: readonly string[],
  options: RunOptions = {},
): Readonly<Record<string, Report>> {
  const args = [...(options.args ?? []), '--projects', ...names];
  return run(root, { ...options, args }, ({ results, ...whole }) => {
    const reportOf = (name: string): Report => {
      const folder = path.join(root, name);
      const own = results.filter(each => each.name.startsWith(folder + path.sep));
      return { ...whole, files: filesOf(own, folder) };
    };
    return Object.fromEntries(names.map(name => [name, reportOf(name)]));
  });
}

/** A run as Jest reports it. The names of files, here and in the folder of their events, are absolute. */
interface Whole extends Omit<Report, 'files'> {
  readonly results: readonly FileResult[];
}

interface FileResult {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly tests: readonly TestReport[];
  readonly events: readonly string[];
}

function run<T>(folder: string, options: RunOptions | undefined, read: (whole: Whole) => T): T {
  const { args = [], env = {}, node = [], host = HOST, toFile = false, timeout = 110_000 } = options ?? {};
  const command = options?.loop ? 'jest-loop/build/entries/cli.js' : 'jest/bin/jest.js';
  const jest = path.join(host, 'node_modules', command);
  const scratch = fs.mkdtempSync(path.join(scratchRoot(host), 'run-'));
  const json = path.join(scratch, 'report.json');
  const events = path.join(scratch, 'events');
  fs.mkdirSync(events);
  const outputFile = path.join(scratch, 'output');
  const output = toFile ? fs.openSync(outputFile, 'a') : undefined;
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !AMBIENT.test(name)));
  const child = spawnSync(
    process.execPath,
    [...node, jest, '--ci', '--json', `--outputFile=${json}`, ...args],
    {
      cwd: folder,
      encoding: 'utf8',
      env: { ...clean, NO_COLOR: '1', JEST_LOOP_EVENTS: events, ...env },
      timeout,
      // Nothing less ends a process whose microtasks never do.
      killSignal: 'SIGKILL',
      ...(output !== undefined && { stdio: ['pipe', output, output] }),
    },
  );
  if (output !== undefined) fs.closeSync(output);
  const printed = toFile ? fs.readFileSync(outputFile, 'utf8') : child.stdout + child.stderr;
  const report: Partial<JestJson> = fs.existsSync(json) ? JSON.parse(fs.readFileSync(json, 'utf8')) : {};
  const results = (report.testResults ?? []).map(({ name, status, message, assertionResults }) => {
    const tests = assertionResults.map(test => ({
      name: test.fullName,
      status: test.status,
      messages: test.failureMessages.map(summary),
      raw: test.failureMessages,
      location: test.location,
    }));
    return { name, status, message, tests, events: readEvents(events, name) };
  });
  const log = readLog(events, child.pid);
  fs.rmSync(scratch, { recursive: true, force: true });
  const { success } = report;
  return read({ code: child.status, success, output: printed, results, log });
}

function filesOf(results: readonly FileResult[], folder: string): Record<string, FileReport> {
  const files: Record<string, FileReport> = {};
  for (const { name: file, status, message, tests, events } of results) {
    const name = path.relative(folder, file).split(path.sep).join('/');
    // What goes wrong when a file is over comes as one more result of it.
    const before = files[name];
    files[name] = {
      status: before?.status === 'failed' ? before.status : status,
      tests: [...(before?.tests ?? []), ...tests],
      errors: [...(before?.errors ?? []), ...fileErrors(message)],
      events,
    };
  }
  return files;
}

/** Runs real Jest on files given as text. The project has the preset unless it brings its own configuration. */
export function runFiles(files: Files, options?: RunOptions): Report {
  return withFolder(options?.host, folder => {
    writeProject(folder, files);
    return runJest(folder, quickly(isPlain(files), options));
  });
}

/** The same for several projects at once, by name: what they share is one Jest. Each has a report of its own. */
export function runManyFiles<Name extends string>(
  projects: Readonly<Record<Name, Files>>,
  options?: RunOptions,
): Readonly<Record<Name, Report>> {
  const names = Object.keys(projects) as Name[];
  return withFolder(options?.host, folder => {
    // A name may be any text.
    const folderOf = (name: Name): string => `p${names.indexOf(name)}`;
    for (const name of names) writeProject(path.join(folder, folderOf(name)), projects[name]);
    const plain = names.every(name => isPlain(projects[name]));
    const reports = runProjects(folder, names.map(folderOf), quickly(plain, options));
    return Object.fromEntries(names.map(name => [name, reports[folderOf(name)]!])) as Record<Name, Report>;
  });
}

function writeProject(folder: string, files: Files): void {
  const all: Record<string, string> = {
    'package.json': '{ "name": "project" }',
    'jest.config.js': "module.exports = { preset: 'jest-loop' };",
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
}

function withFolder<T>(host: string | undefined, use: (folder: string) => T): T {
  const folder = fs.mkdtempSync(path.join(scratchRoot(host), 'project-'));
  try {
    return use(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Inside the repository, so that `jest-loop` and Jest are found; no name that Jest would ignore. */
function scratchRoot(host: string = HOST): string {
  const root = path.join(host, '.tmp/e2e');
  fs.mkdirSync(root, { recursive: true });
  return root;
}

function readEvents(folder: string, file: string): string[] {
  const events = path.join(folder, 'files', path.relative(path.parse(file).root, file));
  return fs.existsSync(events) ? fs.readFileSync(events, 'utf8').trimEnd().split('\n') : [];
}

function readLog(folder: string, main: number): LogEntry[] {
  const file = path.join(folder, 'run');
  if (!fs.existsSync(file)) return [];
  const names = new Map([[main, 'main']]);
  return fs
    .readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => {
      const { pid, ...entry } = JSON.parse(line);
      if (!names.has(pid)) names.set(pid, `w${names.size}`);
      return { process: names.get(pid)!, ...entry };
    });
}

/** The place in the guide, which an error of the package names after its message: `guide.test.ts` has it. */
const GUIDE = /\n *See: node_modules\/jest-loop\/docs\/errors\.md#err_\w+$/gm;

/** The message of a failure without its stack. */
function summary(message: string): string {
  const lines = message.split('\n');
  const stack = lines.findIndex(line => /^\s+at /.test(line));
  const text = (stack < 0 ? lines : lines.slice(0, stack)).join('\n').trimEnd();
  return text.replace(GUIDE, '').replace(/^Error: /, '');
}

/** The blocks of "Test suite failed to run", without places in the guide, code frames and stacks. */
function fileErrors(message: string): string[] {
  return message
    .split(/\n {2}● /)
    .map(block => block.replace(/^ {2}● /, ''))
    .filter(block => block.startsWith('Test suite failed to run'))
    .map(block => {
      const lines = block.split('\n').slice(1);
      const end = lines.findIndex(line => /^\s*(at |>?\s*\d+ \|)/.test(line));
      return (end < 0 ? lines : lines.slice(0, end))
        .map(line => line.replace(/^ {4}/, ''))
        .join('\n')
        .replace(GUIDE, '')
        .trim();
    });
}
