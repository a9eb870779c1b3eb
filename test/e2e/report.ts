import * as fs from 'node:fs';
import * as path from 'node:path';
import { nearGuide } from './near-guide';

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

/** A run as Jest reports it. The names of files, here and in the folder of their events, are absolute. */
export interface Whole extends Omit<Report, 'files'> {
  readonly results: readonly FileResult[];
}

export interface FileResult {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly tests: readonly TestReport[];
  readonly events: readonly string[];
}

/** What Jest wrote of a run, and the events of its files, which lie in a folder. */
export function readReport(
  json: string,
  events: string,
): { readonly success: boolean | undefined; readonly results: readonly FileResult[] } {
  const report: Partial<JestJson> = fs.existsSync(json) ? JSON.parse(fs.readFileSync(json, 'utf8')) : {};
  const results = (report.testResults ?? []).map(({ name, status, message, assertionResults }) => {
    const tests = assertionResults.map(test => ({
      name: test.fullName,
      status: test.status,
      messages: test.failureMessages.map(nearGuide).map(summary),
      raw: test.failureMessages.map(nearGuide),
      location: test.location,
    }));
    return { name, status, message: nearGuide(message), tests, events: readEvents(events, name) };
  });
  return { success: report.success, results };
}

export function filesOf(results: readonly FileResult[], folder: string): Record<string, FileReport> {
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

function readEvents(folder: string, file: string): string[] {
  const events = path.join(folder, 'files', path.relative(path.parse(file).root, file));
  return fs.existsSync(events) ? fs.readFileSync(events, 'utf8').trimEnd().split('\n') : [];
}

export function readLog(folder: string, main: number): LogEntry[] {
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

/** The message of a failure and, in lines of their own, those of its causes, without their stacks. */
function summary(message: string): string {
  const [own = '', ...causes] = message
    .split(/\n+ *\[cause\]: /)
    .map(text => withoutStack(text).replace(GUIDE, ''));
  const lines = causes.flatMap(cause => cause.split('\n')).map(line => `${CAUSE}${line}`);
  return [own.replace(/^Error: /, ''), ...lines].join('\n');
}

const CAUSE = 'cause| ';

/** A description as it is where Jest shows no causes, before 30.1. */
export function withoutCauses(description: string): string {
  return description
    .split('\n')
    .filter(line => !line.trimStart().startsWith(CAUSE))
    .join('\n');
}

function withoutStack(text: string): string {
  const lines = text.split('\n');
  const stack = lines.findIndex(line => /^\s+at /.test(line));
  return (stack < 0 ? lines : lines.slice(0, stack)).join('\n').trimEnd();
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
