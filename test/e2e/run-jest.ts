import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { nearGuide } from './near-guide';
import { type Files, needsOf, needsOfAll, quickly } from './plain';
import { filesOf, type Report, readLog, readReport, type Whole } from './report';
import { type JestEnd, type JestRun, WarmJest } from './warm/warm-jest';

export const ROOT = path.resolve(__dirname, '../..');
/** Where Jest is taken from; another version of it is tested by naming a folder that has it installed. */
const HOST = process.env.E2E_HOST ?? ROOT;

export const IN_BAND: readonly string[] = ['-i'];
/** The memory limit keeps Jest from running few fast files in band. */
export const WORKERS: readonly string[] = ['--maxWorkers=2', '--workerIdleMemoryLimit=2GB'];
/**
 * Jest gives a worker 500 ms to exit and its own process one second. On a busy machine a process that holds on to nothing
 * takes longer; one that holds on to something never exits.
 * https://jestjs.io/docs/configuration#workergracefulexittimeout-number
 */
export const PATIENT: readonly string[] = ['--workerGracefulExitTimeout=30000', '--openHandlesTimeout=30000'];

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
  /** Whether all goes through the transforms of the preset, as it does for users. */
  readonly transforms?: boolean;
  /** How long in ms it may take. */
  readonly timeout?: number;
  /** Jest's own limits for processes to exit: some test is about them. */
  readonly impatient?: boolean;
  /** A main process of its own despite {@link keepJest}: its start or its end matters. */
  readonly ownProcess?: boolean;
}

/** The variables that a run gets: others make Jest, its reporters or this package behave differently. */
const KEPT =
  /^(PATH|PATHEXT|HOME|USER|LOGNAME|USERPROFILE|(LOCAL)?APPDATA|TMPDIR|TMP|TEMP|TZ|LANG|LC_\w+|SYSTEMROOT|WINDIR|COMSPEC|NODE_COMPILE_CACHE)$/i;

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

/** The process that the test file keeps. */
let warm: WarmJest | undefined;

/**
 * The runs of a test file share their main process, one after the other. Not for tests of what that process does when it
 * starts or ends, or of how often it loads something.
 */
export function keepJest(): void {
  beforeAll(() => {
    if (HOST === ROOT) warm = new WarmJest(path.join(ROOT, 'node_modules/jest'));
  });
  afterAll(async () => {
    await warm?.close();
    warm = undefined;
  });
}

/** Whether a process that has made other runs can make this one. */
function suitsWarm({ args = [], node = [], host, loop, toFile, ownProcess }: RunOptions): boolean {
  const isOfProcess = (arg: string): boolean => /^--(detectOpenHandles|forceExit|coverage|watch)/.test(arg);
  return node.length === 0 && !host && !loop && !toFile && !ownProcess && !args.some(isOfProcess);
}

function run<T>(folder: string, options: RunOptions = {}, read: (whole: Whole) => T): T {
  const { args = [], env = {}, host = HOST, timeout = 110_000, impatient = host !== ROOT } = options;
  const scratch = fs.mkdtempSync(path.join(scratchRoot(host), 'run-'));
  const json = path.join(scratch, 'report.json');
  const events = path.join(scratch, 'events');
  fs.mkdirSync(events);
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => KEPT.test(name)));
  const request = {
    folder,
    args: ['--ci', '--json', `--outputFile=${json}`, ...(impatient ? [] : PATIENT), ...args],
    env: { ...clean, NO_COLOR: '1', JEST_LOOP_EVENTS: events, ...env },
    timeout,
  };
  const ended =
    warm !== undefined && suitsWarm(options) ? warm.run(request) : runProcess(request, options, scratch);
  const { success, results } = readReport(json, events);
  const log = readLog(events, ended.pid);
  fs.rmSync(scratch, { recursive: true, force: true });
  const output = nearGuide(ended.stdout + ended.stderr);
  return read({ code: ended.status, success, output, results, log });
}

function runProcess(
  { folder, args, env, timeout }: JestRun,
  { node = [], host = HOST, loop, toFile = false }: RunOptions,
  scratch: string,
): JestEnd {
  const command = loop ? 'jest-loop/build/entries/cli.js' : 'jest/bin/jest.js';
  const jest = path.join(host, 'node_modules', command);
  const outputFile = path.join(scratch, 'output');
  const output = toFile ? fs.openSync(outputFile, 'a') : undefined;
  const { pid, status, stdout, stderr } = spawnSync(process.execPath, [...node, jest, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env,
    timeout,
    // Nothing less ends a process whose microtasks never do.
    killSignal: 'SIGKILL',
    ...(output !== undefined && { stdio: ['pipe', output, output] }),
  });
  if (output === undefined) return { pid, status, stdout, stderr };
  fs.closeSync(output);
  return { pid, status, stdout: fs.readFileSync(outputFile, 'utf8'), stderr: '' };
}

/** Runs real Jest on files given as text. The project has the preset unless it brings its own configuration. */
export function runFiles(files: Files, options?: RunOptions): Report {
  return withFolder(options?.host, folder => {
    writeProject(folder, files);
    return runJest(folder, quickly(needsOf(files), options));
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
    const needs = needsOfAll(names.map(name => needsOf(projects[name])));
    const reports = runProjects(folder, names.map(folderOf), quickly(needs, options));
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
