import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';
import { readPage } from './pages';
import { ROOT } from './run-jest';

/*
 * What an editor shows: TypeScript's language service on the example of docs/editors.md, with the built package.
 */
const FILE = path.join(ROOT, '.tmp/e2e/hovers.test.ts');
const TEXT = `${readPage(ROOT, 'docs/editors.md').files['types.test.ts']}
const own = test.extend({
  /** As in Playwright and Vitest. */
  fromObject: async ({}, use: (value: number) => Promise<void>) => use(1),
});
own('hovers', ({ fromObject, unusedTcpPort }) => expect(fromObject).toBe(unusedTcpPort));
fixture('one', 1).fixture('two', { scope: 'file' }, 2);
own.override('fromObject', 2).extend('three', 3).each([1])('test %i', () => {});
own.describe.each([2])('block %i', () => {});
`;

let service: ts.LanguageService;
beforeAll(() => {
  fs.mkdirSync(path.dirname(FILE), { recursive: true });
  fs.writeFileSync(FILE, TEXT);
  service = ts.createLanguageService({
    getScriptFileNames: () => [FILE],
    getScriptVersion: () => '1',
    getScriptSnapshot: name =>
      fs.existsSync(name) ? ts.ScriptSnapshot.fromString(fs.readFileSync(name, 'utf8')) : undefined,
    getCurrentDirectory: () => ROOT,
    getCompilationSettings: () => ({
      strict: true,
      module: ts.ModuleKind.Node16,
      target: ts.ScriptTarget.ES2022,
      types: ['node'],
      skipLibCheck: true,
    }),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  });
});
afterAll(() => fs.rmSync(FILE));

/** The type and the first line of the comment that a hover shows, and the line that the definition is on. */
function hover(name: string, test: string): [type: string, doc: string, definition: string | undefined] {
  const position = TEXT.indexOf(name, TEXT.indexOf(test));
  const { displayParts, documentation } = service.getQuickInfoAtPosition(FILE, position)!;
  const [definition] = service.getDefinitionAtPosition(FILE, position) ?? [];
  const source = definition && fs.readFileSync(definition.fileName, 'utf8');
  return [
    ts.displayPartsToString(displayParts),
    ts.displayPartsToString(documentation).split('\n')[0]!,
    source?.slice(definition!.textSpan.start).split(/\W/)[0],
  ];
}

test('a name between the braces shows the type of its value, and the comment of its member', () => {
  expect(hover('host', "test('has types'")).toEqual(['(parameter) host: string', '', undefined]);
  expect(hover('address', "test('has types'")).toEqual([
    '(parameter) address: string',
    'Where the service answers.',
    'address',
  ]);
  expect(hover('fromObject', "own('hovers'")).toEqual([
    '(parameter) fromObject: number',
    'As in Playwright and Vitest.',
    'fromObject',
  ]);
  expect(hover('unusedTcpPort', "own('hovers'")).toEqual([
    '(parameter) unusedTcpPort: number',
    expect.stringMatching(/^A TCP port that nothing uses/),
    'unusedTcpPort',
  ]);
});

test('the editor completes the fixtures of the project and those built in', () => {
  const position = TEXT.indexOf('address', TEXT.indexOf("test('has types'"));
  const names = service.getCompletionsAtPosition(FILE, position, {})!.entries.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['address', 'tasks', 'unusedTcpPort']));
});

test.each([
  ["fixture('one'", 'Declares a fixture for the place'],
  ["fixture('two'", 'Declares a fixture with options'],
  ['extend({', 'A new `test` that has more fixtures'],
  ["extend('three'", 'A new `test` that has one more fixture'],
  ["override('fromObject'", 'Another definition of a fixture that exists'],
  ["each([1])('test %i'", 'A test for each row of a table'],
  ["each([2])('block %i'", 'A block for each row of a table'],
])('a call of %s shows what it does, as does the help for its arguments', (call, doc) => {
  const position = TEXT.indexOf(call);
  const help = service.getSignatureHelpItems(FILE, TEXT.indexOf('(', position) + 1, {})!;
  const shown = [
    service.getQuickInfoAtPosition(FILE, position)!.documentation,
    help.items[help.selectedItemIndex]!.documentation,
  ];
  expect(shown.map(parts => ts.displayPartsToString(parts))).toEqual(
    Array(2).fill(expect.stringContaining(doc)),
  );
});
