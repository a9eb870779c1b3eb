import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

export const ROOT = path.resolve(__dirname, '../..');
/** Where Jest is taken from; another version of it is tested by naming a folder that has it installed. */
const HOST = process.env.E2E_HOST ?? ROOT;

/** One test of a report. */
export interface TestReport {
  readonly name: string;
  readonly status: string;
  /** Without the code frame and the stack. */
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
  /** What was told from anywhere in the run, by `wide-log`. */
  readonly told: readonly Told[];
}

/** Something that was told, and where it happened. */
export interface Told {
  /** `main` for Jest's own process, `w1`, `w2` … for its workers in the order in which they told something. */
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
  /** What the file told by `log`. */
  readonly events: readonly string[];
}

export interface RunOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly node?: readonly string[];
  /** Where Jest is taken from, if not from here. */
  readonly host?: string;
  /** Jest writes to a file, as in `jest > log`, and not to a pipe. */
  readonly toFile?: boolean;
  /** After how many ms it is ended. */
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
export function runJest(
  folder: string,
  { args = [], env = {}, node = [], host = HOST, toFile = false, timeout = 110_000 }: RunOptions = {},
): Report {
  const jest = path.join(host, 'node_modules/jest/bin/jest.js');
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
  const files: Record<string, FileReport> = {};
  for (const result of report.testResults ?? []) {
    const name = path.relative(folder, result.name).split(path.sep).join('/');
    const tests = result.assertionResults.map(test => ({
      name: test.fullName,
      status: test.status,
      messages: test.failureMessages.map(summary),
      raw: test.failureMessages,
      location: test.location,
    }));
    // What goes wrong when a file is over comes as one more result of it.
    const before = files[name];
    files[name] = {
      status: before?.status === 'failed' ? before.status : result.status,
      tests: [...(before?.tests ?? []), ...tests],
      errors: [...(before?.errors ?? []), ...fileErrors(result.message)],
      events: readEvents(events, name),
    };
  }
  const told = readTold(events, child.pid);
  fs.rmSync(scratch, { recursive: true, force: true });
  const { success } = report;
  return { code: child.status, success, output: printed, files, told };
}

/** Runs real Jest on files given as text. The project has the preset unless it brings its own configuration. */
export function runFiles(files: Readonly<Record<string, string>>, options?: RunOptions): Report {
  const folder = fs.mkdtempSync(path.join(scratchRoot(options?.host), 'project-'));
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
  try {
    return runJest(folder, options);
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

function readEvents(folder: string, name: string): string[] {
  const file = path.join(folder, encodeURIComponent(path.basename(name)));
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trimEnd().split('\n') : [];
}

function readTold(folder: string, main: number): Told[] {
  const file = path.join(folder, 'run');
  if (!fs.existsSync(file)) return [];
  const names = new Map([[main, 'main']]);
  return fs
    .readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => {
      const { pid, ...told } = JSON.parse(line);
      if (!names.has(pid)) names.set(pid, `w${names.size}`);
      return { process: names.get(pid)!, ...told };
    });
}

/** The message of a failure without its stack. */
function summary(message: string): string {
  const lines = message.split('\n');
  const stack = lines.findIndex(line => /^\s+at /.test(line));
  const text = (stack < 0 ? lines : lines.slice(0, stack)).join('\n').trimEnd();
  return text.replace(/^Error: /, '');
}

/** The blocks of "Test suite failed to run", without code frames and stacks. */
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
        .trim();
    });
}
