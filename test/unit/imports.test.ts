import * as fs from 'node:fs';
import * as path from 'node:path';
import { LAYERS } from './layers';

/** The public types name each other: `types.ts` is the glossary of what stands in `types/`. */
const isPublicType = (file: string): boolean => file === 'types.ts' || file.startsWith('types/');

/** Packages, by the folder that may name them, sub-folders included. */
const PACKAGES: Record<string, readonly string[]> = {
  'loop/executor': ['workerpool'],
  parameters: ['acorn'],
  // It writes files that import this package.
  'cli/init': ['acorn', 'jest-loop'],
  types: ['@jest/types'],
  program: ['@jest/test-result', '@jest/types'],
  jest: [
    '@jest/environment',
    '@jest/globals',
    '@jest/test-sequencer',
    '@jest/types',
    'jest-runner',
    'pirates',
  ],
  entries: ['@jest/environment', 'jest-runner', '@jest/types', '@jest/test-sequencer'],
  '': ['@jest/globals'],
};
const SRC = path.resolve(__dirname, '../../src');

const files = (fs.readdirSync(SRC, { recursive: true }) as string[])
  .map(file => file.split(path.sep).join('/'))
  .filter(file => file.endsWith('.ts'));
const folderOf = (file: string): string => (file.includes('/') ? path.posix.dirname(file) : '');

/** The specifiers that a file imports, types included. */
const specifiers = new Map(
  files.map(file => {
    const text = fs.readFileSync(path.join(SRC, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    const found = text.matchAll(/(?:\bfrom\s+|\bimport\s+|\bimport\(|\brequire\()'([^'\n]+)'/g);
    return [file, [...found].map(match => match[1]!)];
  }),
);

/** The files of src that a file imports. */
const imports = new Map(
  files.map(file => {
    const targets = specifiers.get(file)!.flatMap(specifier => {
      if (!specifier.startsWith('.')) return [];
      const base = path.posix.join(folderOf(file), specifier);
      const target = [`${base}.ts`, path.posix.join(base, 'index.ts')].find(each => files.includes(each));
      return target === undefined ? [] : [target];
    });
    return [file, targets];
  }),
);

test('imports run downward', () => {
  const breaches = files.flatMap(file =>
    imports
      .get(file)!
      .filter(target => {
        if (isPublicType(file) && isPublicType(target)) return false;
        return LAYERS.indexOf(folderOf(target)) < LAYERS.indexOf(folderOf(file));
      })
      .map(
        target =>
          `src/${file} imports src/${target}, which stands above it. To fix: move what it needs into src/${folderOf(file)} or below, pass it in, or let src/${file} name an interface of its own.`,
      ),
  );
  expect(breaches).toEqual([]);
});

test('no files import each other in a circle', () => {
  const breaches = circles(file => imports.get(file)!.filter(target => !isPublicType(target))).map(
    circle =>
      `${circle.map(file => `src/${file}`).join(', ')} import each other. To fix: move the shared types into a file that imports none of them, or pass one in to another.`,
  );
  expect(breaches).toEqual([]);
});

test('packages are named where they belong', () => {
  const breaches = files.flatMap(file =>
    specifiers
      .get(file)!
      .filter(name => !name.startsWith('.') && !name.startsWith('node:'))
      .filter(name => {
        const folder = folderOf(file);
        const rooms = Object.keys(PACKAGES).filter(room => room === folder || folder.startsWith(`${room}/`));
        return !rooms.some(room => PACKAGES[room]!.includes(name));
      })
      .map(
        name =>
          `src/${file} imports ${name}. To fix: pass it in from src/jest, or add it to this test's list with a reason.`,
      ),
  );
  expect(breaches).toEqual([]);
});

test('every folder has its place in the layers', () => {
  const folders = new Set(files.map(folderOf));
  expect([...folders].filter(folder => !LAYERS.includes(folder))).toEqual([]);
  expect(LAYERS.filter(folder => !folders.has(folder))).toEqual([]);
});

test('what crosses realms is not recognised by instanceof', () => {
  const found = files.flatMap(file =>
    fs
      .readFileSync(path.join(SRC, file), 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        /\binstanceof (Error|Function|Promise|Array|Object|Map|Set)\b/.test(line.replace(/\/\/.*|\* .*/, ''))
          ? [`src/${file}:${index + 1}`]
          : [],
      ),
  );
  expect(found).toEqual([]);
});

/** The strongly connected parts of the imports, by Tarjan. */
function circles(targetsOf: (file: string) => readonly string[]): string[][] {
  const found: string[][] = [];
  const indices = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const visit = (file: string): void => {
    indices.set(file, indices.size);
    lowest.set(file, indices.get(file)!);
    stack.push(file);
    for (const target of targetsOf(file)) {
      if (!indices.has(target)) visit(target);
      if (stack.includes(target)) lowest.set(file, Math.min(lowest.get(file)!, lowest.get(target)!));
    }
    if (lowest.get(file) !== indices.get(file)) return;
    const circle = stack.splice(stack.indexOf(file));
    if (circle.length > 1) found.push(circle);
  };
  for (const file of files) if (!indices.has(file)) visit(file);
  return found;
}
/*
 * Test files have the very modules of Node that we use, and may put mocks there. `node:module` is another one in
 * a sandbox; the preset and the command line are done before there are tests; `node:timers` is where the Loops' timers
 * are put; the main process alone looks at its terminal.
 */
const OPEN = ['node:module', 'node:inspector', 'node:tty', 'node:vm', 'node:timers', 'node:timers/promises'];
const BEFORE_TESTS = /^(entries\/preset|config\/typescript|cli\/.*)\.ts$/;

/** Runs in a browser. */
const IN_BROWSER = 'observe/page/client';

test('nothing is looked up where a test may have put a mock', () => {
  const breaches = files.flatMap(file => {
    if (file.startsWith('node/') || BEFORE_TESTS.test(file) || folderOf(file) === IN_BROWSER) return [];
    return fs
      .readFileSync(path.join(SRC, file), 'utf8')
      .split('\n')
      .flatMap((line, index) => {
        if (/^\s*(\*|\/\/|\/\*)/.test(line)) return [];
        const [, module] = /^import (?!type ).*from '(node:[^']+)'/.exec(line) ?? [];
        const [global] =
          /(?<![\w$.'`])(Promise\.(all|allSettled|race|reject|resolve)|JSON\.(parse|stringify)|Buffer\.(alloc|allocUnsafe|byteLength|concat|from|isBuffer))(?=[(<])/.exec(
            line,
          ) ?? [];
        const found = module !== undefined && !OPEN.includes(module) ? module : global;
        if (found === undefined) return [];
        return [
          `src/${file}:${index + 1} uses ${found}. To fix: import what it needs from src/node, and add it there if it is missing.`,
        ];
      });
  });
  expect(breaches).toEqual([]);
});
