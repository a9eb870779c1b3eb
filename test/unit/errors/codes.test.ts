import * as fs from 'node:fs';
import * as path from 'node:path';

const root = path.resolve(__dirname, '../../..');
const read = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8');

test('each code has its section, with cause and fix, and there is no other', () => {
  const codes = read('src/errors/problem.ts').match(/(?<=')ERR_\w+(?=')/g)!;
  const [, ...sections] = read('docs/errors.md').split(/^### (?=ERR_)/m);
  const complete = sections
    .filter(section => /\n\*\*Cause\.\*\* \S[\s\S]*\n\*\*Fix\.\*\* \S/.test(section))
    .map(section => section.split('\n')[0]!);
  expect(complete.sort()).toEqual([...new Set(codes)].sort());
});
