import * as fs from 'node:fs';
import * as path from 'node:path';
import { keepJest, ROOT, runFiles } from './run-jest';

keepJest();

/* What `docs/timeline.md` shows is what its example prints. */

const PAGE = fs.readFileSync(path.join(ROOT, 'docs/timeline.md'), 'utf8');
const FILES = Object.fromEntries(
  [...PAGE.matchAll(/^```js file=(\S+)\n([\s\S]*?)^```$/gm)].map(([, name, source]) => [name!, source!]),
);
const shown = (name: string): string =>
  new RegExp(`^\`\`\`text ${name}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(PAGE)![1]!;

test.each([
  ['setup-show', { JEST_LOOP_SETUP_SHOW: '1' }],
  ['fixtures', { JEST_LOOP_FIXTURES: '["db"]' }],
])('%s', (name, env) => {
  expect(runFiles(FILES, { args: ['-i'], env }).output).toContain(shown(name));
});
