import * as fs from 'node:fs';
import * as path from 'node:path';

/*
 * Imports run one way. Each folder of src may import the folders named here; files at the top (the entries)
 * may import all. The core knows nothing of Jest: its packages are named in src/jest alone.
 */
const MAY_IMPORT: Record<string, readonly string[]> = {
  // All may import it.
  node: [],
  time: [],
  children: [],
  parameters: [],
  // Types alone: nothing of it runs.
  types: ['loop', 'timeouts'],
  errors: ['parameters'],
  loop: ['errors'],
  // It knows nothing of Jest nor of fixtures.
  broker: ['errors'],
  context: ['loop'],
  timeouts: ['context', 'loop', 'time'],
  fixtures: ['context', 'errors', 'loop', 'parameters', 'time', 'timeouts'],
  run: ['loop'],
  // What outlives test files: the same engine, in another realm.
  wide: ['context', 'errors', 'fixtures', 'loop'],
  config: ['errors', 'fixtures'],
  jest: [
    'broker',
    'children',
    'config',
    'context',
    'errors',
    'fixtures',
    'loop',
    'parameters',
    'run',
    'time',
    'timeouts',
    'wide',
  ],
};
const PACKAGES: Record<string, readonly string[]> = {
  loop: ['workerpool'],
  parameters: ['acorn'],
  types: ['@jest/types'],
  jest: [
    '@jest/environment',
    'jest-environment-node',
    'jest-environment-node/package.json',
    '@jest/globals',
    '@jest/test-sequencer',
    '@jest/types',
    'jest-runner',
    'pirates',
  ],
  '': ['@jest/globals'],
};
const SRC = path.resolve(__dirname, '../../src');

interface Import {
  readonly file: string;
  readonly folder: string;
  readonly target: string;
}

const files = (fs.readdirSync(SRC, { recursive: true }) as string[]).filter(file => file.endsWith('.ts'));
const imports: Import[] = files.flatMap(file => {
  const text = fs.readFileSync(path.join(SRC, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const found = [...text.matchAll(/(?:\bfrom\s+|\bimport\s+|\bimport\(|\brequire\()'([^'\n]+)'/g)].map(
    match => match[1]!,
  );
  return found.map(target => ({
    file,
    folder: file.includes(path.sep) ? file.split(path.sep)[0]! : '',
    target,
  }));
});

test('imports between folders run one way', () => {
  const breaches = imports.flatMap(({ file, folder, target }) => {
    if (!target.startsWith('.') || folder === '') return [];
    const other = path.relative(SRC, path.resolve(SRC, path.dirname(file), target)).split(path.sep)[0]!;
    if (other === folder || other === 'node' || MAY_IMPORT[folder]?.includes(other)) return [];
    return [
      `src/${file} imports ${target}. To fix: move what it needs into src/${folder} or a folder that it may import (${MAY_IMPORT[folder]?.join(', ') || 'none'}), or pass it in.`,
    ];
  });
  expect(breaches).toEqual([]);
});

test('packages are named where they belong', () => {
  const breaches = imports.flatMap(({ file, folder, target }) => {
    if (target.startsWith('.') || target.startsWith('node:')) return [];
    if (PACKAGES[folder]?.includes(target)) return [];
    return [
      `src/${file} imports ${target}. To fix: pass it in from src/jest, or add it to this test's list with a reason.`,
    ];
  });
  expect(breaches).toEqual([]);
});

test('every folder has its rule', () => {
  const folders = new Set(imports.map(({ folder }) => folder).filter(Boolean));
  expect([...folders].filter(folder => MAY_IMPORT[folder] === undefined)).toEqual([]);
});

test('what crosses realms is not told by instanceof', () => {
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

/*
 * Test files have the very modules of Node that we use, and may put mocks there. `node:module` is another one in
 * a sandbox; the preset is done before there are tests; `node:timers` is where the Loops' timers are put; the main
 * process alone looks at its terminal.
 */
const OPEN = ['node:module', 'node:inspector', 'node:tty', 'node:vm', 'node:timers', 'node:timers/promises'];
const BEFORE_TESTS = ['preset.ts', path.join('config', 'typescript.ts')];

test('nothing is looked up where a test may have put a mock', () => {
  const breaches = files.flatMap(file => {
    if (file.startsWith(`node${path.sep}`) || BEFORE_TESTS.includes(file)) return [];
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
