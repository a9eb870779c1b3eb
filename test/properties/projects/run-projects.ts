import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { FileReport, Report } from '../../e2e/report';
import { runFiles } from '../../e2e/run-jest';
import { LIB, print } from './print';
import type { Project } from './project';

/** What one process did in the files of one project, each event with the file that it happened in or `out`. */
export interface Process {
  readonly pid: string;
  readonly events: readonly string[];
  /** The files before which it ran files of other projects, so that it had left all directories of this one. */
  readonly cameBack: ReadonlySet<string>;
}

/** A project as it ran. */
export interface Ran {
  readonly report: Report;
  readonly processes: readonly Process[];
  /** By the path in the project. */
  readonly files: Readonly<Record<string, FileReport>>;
  /** What teardowns of those that outlive files threw, wherever that was reported. */
  readonly wide: readonly string[];
}

const CONFIG = `module.exports = { preset: 'jest-loop', transform: {}, testTimeout: 20000 };`;

/** How projects run. */
export interface Way {
  /** 0 for in band. */
  readonly workers: number;
  /** That of all tests. */
  readonly backend: string;
  /** The seed of their orders on `chaos`. */
  readonly loopSeed: string;
}

/** Runs many projects in one Jest: starting that costs more than running them. */
export function run(projects: readonly Project[], { workers, backend, loopSeed }: Way): Map<Project, Ran> {
  const events = fs.mkdtempSync(path.join(os.tmpdir(), 'projects-'));
  const files = Object.assign({ 'jest.config.js': CONFIG, 'lib.js': LIB }, ...projects.map(print));
  const args = workers > 0 ? [`--maxWorkers=${workers}`] : ['-i'];
  try {
    const report = runFiles(files, {
      args,
      env: { JEST_LOOP_EVENTS: events, JEST_LOOP_BACKEND: backend, JEST_LOOP_SEED: loopSeed },
      timeout: 900_000,
    });
    const logs = fs.readdirSync(events).map(name => ({
      pid: name.replace('of-', ''),
      lines: fs.readFileSync(path.join(events, name), 'utf8').trimEnd().split('\n'),
    }));
    return new Map(projects.map(project => [project, ranOf(project, report, logs)]));
  } finally {
    fs.rmSync(events, { recursive: true, force: true });
  }
}

function ranOf({ seed }: Project, report: Report, logs: readonly { pid: string; lines: string[] }[]): Ran {
  const prefix = `s${seed}`;
  const processes = logs.flatMap(({ pid, lines }) => {
    const isOwn = (line: string): boolean => line.startsWith(`${prefix} `);
    const own = lines.filter(isOwn).map(line => line.slice(prefix.length + 1));
    const begun = lines.filter(line => line.endsWith(' file'));
    const cameBack = begun.filter((line, index) => isOwn(line) && index > 0 && !isOwn(begun[index - 1]!));
    const paths = new Set(cameBack.map(line => line.split(' ')[1]!));
    return own.length === 0 ? [] : [{ pid, events: own, cameBack: paths }];
  });
  const named = namesOfLimits(processes);
  const files = Object.fromEntries(
    Object.entries(report.files)
      .filter(([name]) => name.startsWith(`${prefix}/`))
      .map(([name, file]) => [
        name.slice(prefix.length + 1),
        withLimitsNamed(file, named(name.slice(prefix.length + 1))),
      ]),
  );
  // They are reported on the file that was the last, of whichever project.
  const wide = Object.values(report.files).flatMap(({ errors }) =>
    errors.flatMap(text => {
      const [, error, place] = WIDE.exec(text) ?? [];
      return place === prefix ? [error!] : [];
    }),
  );
  return { report, processes, files, wide };
}

/** A time limit is known by its number, which is unique in its file. */
function namesOfLimits(processes: readonly Process[]): (path: string) => (text: string) => string {
  const names = new Map<string, string>();
  for (const { events } of processes) {
    for (const event of events) {
      const [, path, ms, what] = /^(\S+) hang (\S+) (.*)$/.exec(event) ?? [];
      if (path !== undefined) names.set(`${path} ${ms}`, `E ${what}`);
    }
  }
  return path => whole => {
    // The place of the test is not compared.
    const text = whole.replace(/(\(first seen in "[^"]*") at [^)]*\)/, '$1)');
    const [, ms] = /\(timeout=([\d.]+)ms\)/.exec(text) ?? [];
    const name = names.get(`${path} ${ms}`);
    const [mark = ''] = /\s+\(first seen in (?:"[^"]*"|\w+ hook[^)]*)\)/.exec(text) ?? [];
    return name === undefined ? text : name + mark;
  };
}

const withLimitsNamed = (file: FileReport, named: (text: string) => string): FileReport => ({
  ...file,
  tests: file.tests.map(test => ({ ...test, messages: test.messages.map(named) })),
  errors: file.errors.filter(text => !WIDE.test(text)).map(named),
});

const WIDE =
  /^Fixture "f\d+" \(scope "\w+"\) failed in its teardown: (E .*)\n\s*"f\d+" is declared at (s\d+)\//;
