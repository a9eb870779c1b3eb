import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { hasBabel, typescriptTransforms } from '../../../src/config/typescript';

const ROOT = path.resolve(__dirname, '../../..');
let project: string;

beforeEach(() => {
  project = fs.mkdtempSync(path.join(os.tmpdir(), 'jest-loop-'));
});

afterEach(() => {
  fs.rmSync(project, { recursive: true });
});

function write(file: string, text = ''): void {
  const whole = path.join(project, file);
  fs.mkdirSync(path.dirname(whole), { recursive: true });
  fs.writeFileSync(whole, text);
}

/** What compiles a file, by the first pattern that takes it. */
function compilerOf(file: string): unknown {
  const { typescript, byDefault } = typescriptTransforms(ROOT, project)!;
  return Object.entries({ ...typescript, ...byDefault }).find(([pattern]) =>
    new RegExp(pattern).test(file),
  )?.[1];
}

describe('the transforms', () => {
  test.each(['a.ts', 'a.tsx', 'a.mts', 'a.cts', 'a.test.ts'])('compile %s by ts-jest', file => {
    expect(compilerOf(`/p/${file}`)).toEqual([
      path.join(ROOT, 'build/entries/typescript-transform.js'),
      expect.objectContaining({ tsJest: require.resolve('ts-jest') }),
    ]);
  });

  test.each(['a.js', 'a.jsx'])('leave %s to babel-jest, which is the default', file => {
    expect(compilerOf(`/p/${file}`)).toBe(require.resolve('babel-jest'));
  });

  test.each(['a.json', 'a.ts.snap', 'a.css'])('leave %s alone', file => {
    expect(compilerOf(`/p/${file}`)).toBeUndefined();
  });

  test("prefer the project's own ts-jest", () => {
    write('node_modules/ts-jest/package.json', '{"main":"index.js"}');
    write('node_modules/ts-jest/index.js');
    const own = path.join(fs.realpathSync(project), 'node_modules/ts-jest/index.js');
    expect(compilerOf('/p/a.ts')).toEqual([expect.anything(), expect.objectContaining({ tsJest: own })]);
  });

  test('are missing without ts-jest', () => {
    expect(typescriptTransforms(project, project)).toBeUndefined();
  });
});

describe('a project has a Babel configuration', () => {
  test.each([
    '.babelrc',
    '.babelrc.js',
    '.babelrc.json',
    'babel.config.js',
    'babel.config.cjs',
    'babel.config.mjs',
    'babel.config.json',
    'babel.config.ts',
  ])('in %s', file => {
    expect(hasBabel(project)).toBe(false);
    write(file);
    expect(hasBabel(project)).toBe(true);
  });

  test.each([
    ['{"babel":{}}', true],
    ['{"name":"a"}', false],
    ['"text"', false],
    ['not JSON', false],
  ])('in a package.json that is %s: %p', (text, has) => {
    write('package.json', text);
    expect(hasBabel(project)).toBe(has);
  });
});
