import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Report } from '../e2e/report';
import { ROOT, runFiles } from '../e2e/run-jest';
import * as fc from '../fast-check';
import { sized } from '../sizes';
import { breaches } from './rules';
import { sourceOf } from './source';
import { type SuiteSpec, suites } from './suite';

const LOG = fs.readFileSync(path.join(ROOT, 'test/projects/log.js'), 'utf8');

/** How many run at once: starting Jest costs more than running them. */
const MANY = sized(15, 45);

/** What drives the time of the tests. */
const BACKENDS = sized(['chaos'], ['node', 'virtual', 'chaos']);

function run(all: readonly SuiteSpec[], backend: string): Report {
  const files = Object.fromEntries(all.map((suite, index) => [`suites/s${index}.test.js`, sourceOf(suite)]));
  return runFiles(
    { 'log.js': LOG, ...files },
    {
      args: ['--maxWorkers=2'],
      env: { JEST_LOOP_BACKEND: backend },
    },
  );
}

/** Each broken rule with the events that show it. */
function problems(all: readonly SuiteSpec[], backend: string): string[] {
  const report = run(all, backend);
  return all.flatMap((suite, index) => {
    const file = report.files[`suites/s${index}.test.js`];
    if (file === undefined || file.tests.length === 0)
      return [`suite ${index} did not run: ${report.output}`];
    const found = breaches(suite, file);
    return found.length === 0
      ? []
      : [
          `${found.join('\n')}\n--\n${sourceOf(suite)}\n--\n${file.events.join('\n')}\n${JSON.stringify(file.tests, null, 1)}${file.errors.join('\n')}`,
        ];
  });
}

test.each(BACKENDS)('random suites keep the crash rules, in real Jest, on %s', backend => {
  fc.assert(
    fc.property(fc.array(suites, { minLength: MANY, maxLength: MANY }), all => {
      const found = problems(all, backend);
      if (found.length > 0)
        throw new Error(`${found.length} of ${all.length} suites broke a rule:\n${found[0]}`);
    }),
    {
      numRuns: sized(1, 2),
      endOnFailure: true,
    },
  );
});
