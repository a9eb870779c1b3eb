import * as fs from 'node:fs';
import * as path from 'node:path';

const root = path.resolve(__dirname, '../../..');
const read = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8');

test('the guide lists every code, and no other', () => {
  const made = read('src/errors/problem.ts')
    .match(/'ERR_\w+'/g)!
    .map(code => code.slice(1, -1));
  const told = read('docs/errors.md')
    .match(/`ERR_\w+`/g)!
    .map(code => code.slice(1, -1));
  expect([...new Set(told)].sort()).toEqual([...new Set(made)].sort());
});
