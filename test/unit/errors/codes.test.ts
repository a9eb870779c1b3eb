import * as fs from 'node:fs';
import * as path from 'node:path';

const root = path.resolve(__dirname, '../../..');
const read = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8');

const sections = read('docs/errors.md')
  .split(/^### (?=ERR_)/m)
  .slice(1);

test('each code has its section, with message, cause and fix, and there is no other', () => {
  const codes = read('src/errors/problem.ts').match(/(?<=')ERR_\w+(?=')/g)!;
  const complete = sections
    .filter(section =>
      /\n\*\*Message\.\*\* \S[\s\S]*\n\*\*Cause\.\*\* \S[\s\S]*\n\*\*Fix\.\*\* \S/.test(section),
    )
    .map(section => section.split('\n')[0]!);
  expect(complete.sort()).toEqual([...new Set(codes)].sort());
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
