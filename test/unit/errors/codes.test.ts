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

/** What a section shows of its messages; `…` stands for a value. */
const wordsOf = (section: string): string[] =>
  /\*\*Message\.\*\* ([\s\S]*?)\n\n/.exec(section)![1]!.match(/(?<=`)[\w-][^`]+(?=`)/g)!;

const withoutValues = (source: string): string => source.replace(/\$\{(?:[^{}`]|`[^`]*`)*\}/g, '…');
const sourcesIn = (folders: RegExp): string[] =>
  (fs.readdirSync(path.join(root, 'src'), { recursive: true }) as string[])
    .filter(file => folders.test(file) && file.endsWith('.ts'))
    .map(file => withoutValues(read(path.join('src', file))));

test('the words of messages that the guide shows are in the source', () => {
  const source = sourcesIn(/^(errors|loop|jest.collect)\b/).join('\n');
  const shown = sections.flatMap(wordsOf);
  expect(shown.filter(words => !source.includes(words))).toEqual([]);
  expect(shown.length).toBeGreaterThan(sections.length);
});

/** Functions that lay out what their callers say, with the code that they give it. */
const LAYS_OUT = { problem: 'ERR_EXECUTOR', message: 'ERR_CHANNEL_MESSAGE', invalid: 'ERR_NETWORK_ARGUMENT' };
/** Messages that are all values, or made of parts. */
const ALL_VALUES = ['invalidDeclaration', 'invalidTestCall', 'servicesFailed'];

/** The functions that make problems, each with its code. */
function makers(source: string): { name: string; code: string | undefined; text: string }[] {
  return source
    .split(/^(?:export )?function /m)
    .slice(1)
    .map(text => {
      const name = /^\w+/.exec(text)![0];
      const [, called] = /return (problem|message|invalid)\(/.exec(text) ?? [];
      const code = /code: '(ERR_\w+)'/.exec(text)?.[1] ?? LAYS_OUT[called as keyof typeof LAYS_OUT];
      return { name, code, text };
    })
    .filter(({ name, code }) => code !== undefined && !(name in LAYS_OUT));
}

test('the section of a code covers each of its messages', () => {
  const made = sourcesIn(/^errors\b/).flatMap(makers);
  const missing = made.filter(
    ({ name, code, text }) =>
      !ALL_VALUES.includes(name) &&
      !wordsOf(sections.find(section => section.startsWith(`${code}\n`))!).some(words =>
        text.includes(words),
      ),
  );
  expect(missing.map(({ name, code }) => `${code}: ${name}`)).toEqual([]);
  expect(made.length).toBeGreaterThan(100);
});
