import * as fs from 'node:fs';
import { check } from './check';
import { generate } from './generate';
import { print } from './print';
import type { Project } from './project';
import { run, type Way } from './run-projects';
import { shrink } from './shrink';

/*
 * Whole random projects against a model that knows the contract and not the engine. By hand, any number of them:
 *   node test/properties/projects/run.js --seeds 2000 --from 1 --workers 2 --backend chaos --shrink
 */
const {
  PROJECTS_SEEDS,
  PROJECTS_FROM = '1',
  PROJECTS_WORKERS = '0',
  PROJECTS_BACKEND = 'node',
  PROJECTS_ORDER,
  PROJECTS_SHRINK,
} = process.env;
const AT_ONCE = 60;
/** Each has projects of its own. */
const COUNT = 16;
const WAYS: readonly Way[] = ['node', 'virtual', 'chaos'].flatMap(backend => [
  wayOf(backend, 0),
  wayOf(backend, 2),
]);

function wayOf(backend: string, workers: number, loopSeed = '1'): Way {
  return { workers, backend, loopSeed };
}
/** By hand this may take as long as it takes. */
const HOUR = 3_600_000;

/** What is wrong with the projects of some seeds, each with its source. */
function problemsOf(from: number, count: number, way: Way): string[] {
  const found: string[] = [];
  for (let first = from; first < from + count; first += AT_ONCE) {
    const length = Math.min(AT_ONCE, from + count - first);
    const projects = Array.from({ length }, (_, index) => generate(first + index));
    for (const [project, ran] of run(projects, way)) {
      const problems = check(project, ran);
      if (problems.length === 0) continue;
      // A run of thousands reports at once.
      if (PROJECTS_SEEDS) fs.writeSync(2, `seed ${project.seed}: ${problems.join('\n  ')}\n`);
      found.push(PROJECTS_SHRINK ? described(shrink(project, way), way) : described(project, way));
    }
  }
  return found;
}

/** How it fails alone, its source, and what it does. */
function described(project: Project, way: Way): string {
  const ran = run([project], way).get(project)!;
  const problems = check(project, ran);
  const sources = Object.entries(print(project)).flatMap(([name, text]) => [`--- ${name}`, text]);
  const events = ran.processes.flatMap(({ pid, events }) => [`--- process ${pid}`, ...events]);
  return [
    `seed ${project.seed}, which alone has ${problems.length} problems`,
    ...problems,
    ...sources,
    ...events,
  ].join('\n');
}

function expectNone(found: readonly string[]): void {
  if (found.length > 0) throw new Error(`${found.length} projects failed\n${found.slice(0, 5).join('\n\n')}`);
}

if (PROJECTS_SEEDS === undefined) {
  test.each(WAYS)('random projects do and report what the model says, $backend, $workers workers', way => {
    expectNone(problemsOf(1 + COUNT * WAYS.indexOf(way), COUNT, way));
  });
} else {
  const [count, from, workers] = [PROJECTS_SEEDS, PROJECTS_FROM, PROJECTS_WORKERS].map(Number);
  const way: Way = wayOf(PROJECTS_BACKEND, workers!, PROJECTS_ORDER);
  test(`${count} random projects from ${from} on`, () => expectNone(problemsOf(from!, count!, way)), HOUR);
}
