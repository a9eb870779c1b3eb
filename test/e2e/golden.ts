import * as fs from 'node:fs';
import * as path from 'node:path';
import { FULL } from '../sizes';
import { describeReport } from './describe-report';
import { readExit, readExpected } from './expected';
import { type Needs, needsOfAll, needsOfFolder, quickly } from './plain';
import type { Report } from './report';
import { ROOT, type RunOptions, runJest, runProjects } from './run-jest';

/*
 * Each folder of test/projects is a small Jest project with what it is expected to report beside it, and with
 * `run.json`, the options of its run, if it needs any. Most of them are run by a few Jests as `projects`: starting
 * Jest costs more than running them.
 */
export const PROJECTS = path.join(ROOT, 'test/projects');

/** What Jest takes from the first of several projects for all of them. */
const OF_THE_RUN = [
  'projects',
  'testTimeout',
  'testSequencer',
  'reporters',
  'bail',
  'maxWorkers',
  'maxConcurrency',
];

/** How long in ms such a run may take, however busy the machine is. */
export const LONGEST_GROUP = 600_000;

export const goldenNames = fs
  .readdirSync(PROJECTS, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(({ name }) => name);

export const expectedText = (name: string): string => readExpected(path.join(PROJECTS, name));

/** Whether a project has to be the only one of its run. */
function standsAlone(name: string): boolean {
  const config: object = require(path.join(PROJECTS, name, 'jest.config.js'));
  return (
    fs.existsSync(path.join(PROJECTS, name, 'run.json')) ||
    OF_THE_RUN.some(option => Object.hasOwn(config, option))
  );
}

/** At the full size the preset compiles what has types. */
function needsOfGolden(folder: string): Needs {
  const needs = needsOfFolder(folder);
  return FULL && needs === 'types' ? 'preset' : needs;
}

/** Runs one project by itself. */
export function runGolden(name: string, root: string = PROJECTS, options: RunOptions = {}): Report {
  const file = path.join(root, name, 'run.json');
  const own: RunOptions = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {};
  const folder = path.join(root, name);
  return runJest(folder, quickly(needsOfGolden(folder), { ...own, ...options }));
}

/**
 * What projects report, as `expected.txt` has it. They run when the first of them is requested, in groups by the
 * expected exit code, so that it is known of each, and by whether they need a transform.
 */
export class Goldens {
  readonly #groups: (readonly string[])[];
  readonly #ran = new Set<readonly string[]>();
  /** Those not requested yet. */
  readonly #reports = new Map<string, string>();

  constructor(
    names: readonly string[],
    readonly root: string = PROJECTS,
    readonly options: RunOptions = {},
  ) {
    const together = names.filter(name => !standsAlone(name));
    const kindOf = (name: string): string => {
      const folder = path.join(PROJECTS, name);
      return `${readExit(folder)} ${needsOfGolden(folder)}`;
    };
    this.#groups = [...new Set(together.map(kindOf))].map(kind =>
      together.filter(name => kindOf(name) === kind),
    );
  }

  /** Once from the run of the group, then alone: so each time it is requested again. */
  reportOf(name: string): string {
    const group = isOneNamed() ? undefined : this.#groups.find(names => names.includes(name));
    if (group !== undefined) {
      if (!this.#ran.has(group)) this.#run(group);
      const report = this.#reports.get(name);
      this.#reports.delete(name);
      if (report !== undefined) return report;
    }
    return describeReport(runGolden(name, this.root, this.options));
  }

  #run(group: readonly string[]): void {
    this.#ran.add(group);
    const args = this.options.args ?? ['-i'];
    const needs = needsOfAll(group.map(name => needsOfGolden(path.join(PROJECTS, name))));
    const options = quickly(needs, {
      ...this.options,
      args,
      timeout: LONGEST_GROUP,
      ownProcess: true,
    });
    const reports = runProjects(this.root, group, options);
    for (const name of group) this.#reports.set(name, describeReport(reports[name]!));
  }
}

/** Whether one is named (-t), or its report is to be written: then the others do not run with it. */
export function isOneNamed(): boolean {
  const byName = (arg: string): boolean => /^(-t|--testNamePattern)\b/.test(arg);
  return process.env.UPDATE_EXPECTED !== undefined || process.argv.some(byName);
}
