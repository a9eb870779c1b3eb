import * as fs from 'node:fs';
import { check } from './check';
import { generate } from './generate';
import { print } from './print';
import { run } from './run-projects';

/*
 * Whole random projects against a model that knows the contract and not the engine. By hand:
 *   node test/properties/projects/run.js --seeds 2000 --from 1 --workers 2
 */
const {
  PROJECTS_SEEDS = '60',
  PROJECTS_FROM = '1',
  PROJECTS_WORKERS = '0',
  PROJECTS_AT_ONCE = '60',
} = process.env;
const byHand = process.env.PROJECTS_SEEDS !== undefined;
const workers = Number(PROJECTS_WORKERS);
const seeds = Array.from({ length: Number(PROJECTS_SEEDS) }, (_, index) => Number(PROJECTS_FROM) + index);

test('random projects do and report what the model says', () => {
  const found: string[] = [];
  while (seeds.length > 0) {
    const projects = seeds.splice(0, Number(PROJECTS_AT_ONCE)).map(generate);
    for (const [project, ran] of run(projects, workers)) {
      const problems = check(project, ran);
      if (problems.length > 0) {
        const events = process.env.PROJECTS_EVENTS
          ? ran.processes.flatMap(({ pid, events }) => [pid, ...events])
          : [];
        const files = process.env.PROJECTS_SOURCE ? Object.entries(print(project)).flat() : [];
        // At once: a run of thousands takes minutes.
        if (byHand) fs.writeSync(2, `seed ${project.seed}: ${problems.join('\n  ')}\n`);
        found.push([`seed ${project.seed}:`, ...problems, ...files, ...events].join('\n  '));
      }
    }
  }
  if (found.length > 0) throw new Error(`${found.length} seeds failed\n${found.join('\n')}`);
}, 3_600_000);
