import { EXCLUDED } from './excluded';
import { Lives } from './lives';
import { blocksOf, type Fixture, isOpen, type Project } from './project';
import { brokenRules } from './rules';
import type { Process, Ran } from './run-projects';
import { FileRun } from './simulate';

/** What a project did otherwise than it should; empty where all is well. */
export function check(project: Project, ran: Ran): string[] {
  const missing = project.files.filter(({ path }) => (ran.files[path]?.tests.length ?? 0) === 0);
  if (missing.length > 0)
    return missing.map(({ path }) => `${path} did not run: ${JSON.stringify(ran.files[path])}`);
  const found = brokenRules(project, ran);
  // The model does not know how Jest's tests are grouped by value.
  if (hasWideParams(project)) return found;
  // What lives in Jest's main process is shared with other workers, in an open order.
  const shared = ran.processes.length > 1 && usesSession(project);
  if (project.files.some(isOpen) || shared) {
    if (failsOnce(project)) return found;
    return [...found, ...ran.processes.flatMap(process => outline(project, ran, process))];
  }
  const wide: string[] = [];
  for (const process of ran.processes) {
    const compared = compare(project, ran, process);
    found.push(...compared.found);
    wide.push(...compared.wide);
  }
  return [...found, ...differences('the run', ran.wide, wide)];
}

const fixturesOf = ({ directories, files }: Project): Fixture[] => [
  ...Object.values(directories).flat(),
  ...files.flatMap(({ root }) => blocksOf(root).flatMap(({ fixtures }) => fixtures)),
];

const hasWideParams = (project: Project): boolean =>
  fixturesOf(project).some(({ params, scope }) => params > 1 && scope !== 'test');

const usesSession = (project: Project): boolean =>
  fixturesOf(project).some(({ scope }) => scope === 'session');

/** Who is the first depends on the order. */
const failsOnce = (project: Project): boolean =>
  fixturesOf(project).some(({ setUp, tearDown, cleanups }) =>
    [setUp, tearDown, ...cleanups].includes('once'),
  );

/** What is the same in whichever order fixtures come up: which hooks and bodies run, and how tests end. */
function outline(project: Project, ran: Ran, { events }: Process): string[] {
  const lives = new Lives();
  const found: string[] = [];
  for (const line of events) {
    if (!line.endsWith(' file')) continue;
    const file = project.files.find(({ path }) => line.startsWith(path))!;
    const { tests } = new FileRun(project, file, lives);
    const report = new Map(ran.files[file.path]!.tests.map(({ name, status }) => [name, status]));
    for (const { name, status } of tests)
      if (report.get(name) !== status)
        found.push(`${file.path}: ${name} is ${report.get(name)} and not ${status}`);
    if (blocksOf(file.root).some(({ tests }) => tests.some(({ form }) => form === 'concurrent'))) continue;
    const steps = (all: readonly string[]): string[] =>
      all
        .filter(event => event.startsWith(file.path) && / (hook|body|end) /.test(event))
        .map(event => event.replace(/(?<=<.*)#\d+/g, ''));
    const [given, expected] = [steps(events), steps(lives.events)];
    const at = expected.findIndex((event, index) => event !== given[index]);
    if (at >= 0 || given.length !== expected.length)
      found.push(`step ${at} of ${file.path} is "${given[at]}" and not "${expected[at]}"`);
  }
  return found;
}

function compare(
  project: Project,
  ran: Ran,
  { events, cameBack }: Process,
): { found: string[]; wide: readonly string[] } {
  const lives = new Lives();
  const found: string[] = [];
  const paths = events.filter(event => event.endsWith(' file')).map(event => event.split(' ')[0]!);
  for (const path of paths) {
    const file = project.files.find(each => each.path === path)!;
    if (cameBack.has(path)) lives.leaveDirectories();
    const predicted = new FileRun(project, file, lives);
    const report = ran.files[path]!;
    const tests = new Map(report.tests.map(test => [test.name, test]));
    for (const { name, status, errors } of predicted.tests) {
      const test = tests.get(name);
      tests.delete(name);
      if (test?.status !== status) found.push(`${path}: ${name} is ${test?.status} and not ${status}`);
      if (status !== 'pending') found.push(...differences(`${path}: ${name}`, test?.messages ?? [], errors));
    }
    for (const name of tests.keys()) found.push(`${path}: ${name} is too many`);
    found.push(...differences(path, report.errors, predicted.errors));
  }
  lives.end();
  const at = lives.events.findIndex((event, index) => event !== events[index]);
  if (at >= 0 || events.length !== lives.events.length) {
    const from = at < 0 ? lives.events.length : at;
    found.push(
      `event ${from} is "${events[from]}" and not "${lives.events[from]}", after ${JSON.stringify(events.slice(Math.max(0, from - 4), from))}`,
    );
  }
  return { found, wide: lives.errors };
}

/** Where the errors that were reported are not those expected, in any order. */
function differences(where: string, given: readonly string[], expected: readonly string[]): string[] {
  const left = given.map(plain);
  const lost: string[] = [];
  for (const one of expected.map(plain)) {
    const at = left.indexOf(one);
    if (at < 0) lost.push(one);
    else left.splice(at, 1);
  }
  return [
    ...lost.map(one => `${where} was not given "${one}"`),
    ...left.filter(one => !isExcluded(one, expected)).map(one => `${where} was given "${one}"`),
  ];
}

/** A repeated report. */
const isExcluded = (text: string, expected: readonly string[]): boolean =>
  EXCLUDED.reportedTwice &&
  (text.endsWith('(first seen in a hook)') || (text.endsWith('")') && expected.map(plain).includes(text)));

/** How a hook is named in a mark is not compared. */
const plain = (text: string): string =>
  text
    .replace(/\(first seen in (?:before|after)All hook[^)]*\)$/, '(first seen in a hook)')
    .replace(/\(first seen in "h\d+"\)$/, '(first seen in a hook)');
