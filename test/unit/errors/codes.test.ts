import * as fs from 'node:fs';
import * as path from 'node:path';
import { type ErrorCode, guideTo } from '../../../src/errors/problem';

const root = path.resolve(__dirname, '../../..');
const read = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8');

const sections = read('docs/errors.md')
  .split(/^### (?=ERR_)/m)
  .slice(1);

const codes = [...new Set(read('src/errors/problem.ts').match(/(?<=')ERR_\w+(?=')/g))] as ErrorCode[];

test('each code has its section, with message, cause and fix, and there is no other', () => {
  const complete = sections
    .filter(section =>
      /\n\*\*Message\.\*\* \S[\s\S]*\n\*\*Cause\.\*\* \S[\s\S]*\n\*\*Fix\.\*\* \S/.test(section),
    )
    .map(section => section.split('\n')[0]!);
  expect(complete.sort()).toEqual([...codes].sort());
});

test('the place that an error names is a heading of a file of the package', () => {
  expect(JSON.parse(read('package.json')).files).toContain('docs');
  const places = sections.map(section => {
    const heading = section.split('\n')[0]!;
    return `node_modules/jest-loop/docs/errors.md#${heading.toLowerCase()}`;
  });
  expect(codes.map(guideTo).sort()).toEqual(places.sort());
});

test('all errors with a code are made by what names that place', () => {
  const made = (fs.readdirSync(path.join(root, 'src'), { recursive: true }) as string[])
    .filter(file => file.endsWith('.ts') && file !== path.join('errors', 'problem.ts'))
    .filter(file =>
      /Object\.assign\((?:new \w*Error\(|\w+, \{ code \})|\.code = /.test(read(path.join('src', file))),
    );
  expect(made).toEqual([]);
});

test('the words of messages that the guide shows are in the source', () => {
  const source = (fs.readdirSync(path.join(root, 'src'), { recursive: true }) as string[])
    .filter(file => /^(errors|loop)\b.*\.ts$/.test(file))
    .map(file => read(path.join('src', file)))
    .join('\n');
  const shown = sections.flatMap(
    section => /\*\*Message\.\*\* ([\s\S]*?)\n\n/.exec(section)![1]!.match(/(?<=`)\w[^`]+(?=`)/g)!,
  );
  expect(shown.filter(words => !source.includes(words))).toEqual([]);
  expect(shown.length).toBeGreaterThan(sections.length);
});
