import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { typescriptTransform } from '../../../src/config/typescript';

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

/** Which of the patterns take a file. */
function takes(file: string): string[] {
  const transform = typescriptTransform('/root', project);
  return Object.keys(transform!).filter(pattern => new RegExp(pattern).test(file));
}

describe('with ts-jest in the project', () => {
  beforeEach(() => {
    write('node_modules/ts-jest/package.json', '{"main":"index.js"}');
    write('node_modules/ts-jest/index.js');
  });

  test.each(['a.ts', 'a.tsx', 'a.mts', 'a.cts', 'a.test.ts'])('%s is compiled by that', file => {
    const [pattern, ...others] = takes(`/p/${file}`);
    expect(others).toEqual([]);
    expect(JSON.stringify(typescriptTransform('/root', project)![pattern!])).toContain(
      path.join(fs.realpathSync(project), 'node_modules/ts-jest/index.js'),
    );
  });

  test.each(['a.js', 'a.jsx', 'a.mjs', 'a.cjs'])('%s stays with babel-jest, which is the default', file => {
    const [pattern] = takes(`/p/${file}`);
    expect(typescriptTransform('/root', project)![pattern!]).toBe('babel-jest');
  });

  test('other files are left alone', () => {
    expect(takes('/p/a.json')).toEqual([]);
    expect(takes('/p/a.ts.snap')).toEqual([]);
  });

  test.each([
    '.babelrc',
    '.babelrc.js',
    '.babelrc.json',
    'babel.config.js',
    'babel.config.cjs',
    'babel.config.mjs',
    'babel.config.json',
    'babel.config.ts',
  ])('a project with %s keeps its own transforms', file => {
    write(file);
    expect(typescriptTransform('/root', project)).toBeUndefined();
  });

  test('so does one with a Babel configuration in package.json', () => {
    write('package.json', '{"babel":{}}');
    expect(typescriptTransform('/root', project)).toBeUndefined();
  });

  test.each(['{"name":"a"}', '"text"'])('one whose package.json is %s has none', text => {
    write('package.json', text);
    expect(typescriptTransform('/root', project)).toBeDefined();
  });
});

test('without ts-jest nothing is changed', () => {
  expect(typescriptTransform('/root', project)).toBeUndefined();
});
