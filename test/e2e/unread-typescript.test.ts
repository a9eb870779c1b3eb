import type { Report } from './report';
import { keepJest, runFiles } from './run-jest';

keepJest();

/*
 * TypeScript without a compiler for it: Babel, which Jest takes by default, fails at the first type. That may well be in
 * the `jest.fixtures.ts` which `--init` has just written.
 */
const TYPED = 'const one: number = 1;';
const TEST = "test('one', () => {});";
const HINT = "Babel, Jest's default compiler, read this file without a preset for TypeScript.";

const project = (name: string, plugins: readonly string[] = [], setup = ''): string => {
  const transform = {
    '\\.[jt]sx?$': ['babel-jest', { plugins: plugins.map(each => require.resolve(each)) }],
  };
  return `{ displayName: '${name}', rootDir: '<rootDir>/${name}', preset: 'jest-loop', ${setup}
    transform: ${JSON.stringify(transform)} }`;
};

let report: Report;
beforeAll(() => {
  report = runFiles({
    'jest.config.js': `module.exports = { projects: [
      ${project('file')}, ${project('fixtures')}, ${project('setup', [], "setupFilesAfterEnv: ['<rootDir>/setup.ts'],")},
      ${project('parser', ['@babel/plugin-syntax-typescript'])}, ${project('plain')}
    ] };`,
    'file/a.test.tsx': `${TYPED} ${TEST}`,
    'fixtures/jest.fixtures.ts': "import { fixture, type FixturesOf } from 'jest-loop';",
    'fixtures/a.test.ts': TEST,
    'setup/setup.ts': TYPED,
    'setup/a.test.js': TEST,
    // Has a plug-in for TypeScript: the mistake is the user's.
    'parser/a.test.ts': `const one: = 1; ${TEST}`,
    'plain/a.test.js': `${TYPED} ${TEST}`,
  });
});

/** What the report has of a project. */
const failureOf = (name: string): string =>
  report.output.split(/^(?=FAIL )/m).find(text => text.startsWith(`FAIL ${name} `)) ?? report.output;

test.each([
  ['file', 'a.test.tsx', /Jest encountered an unexpected token[\s\S]*Details:\n\n/],
  ['fixtures', 'jest.fixtures.ts', /suite failed to run\n\n/],
  ['setup', 'setup.ts', /Jest encountered an unexpected token[\s\S]*Details:\n\n/],
])('in a %s: what Jest says, and how to mend it', (name, file, before) => {
  const text = failureOf(name);
  const [start, after] = text.split(/^ *SyntaxError: .*\(1:\d+\)\n/m);
  expect(start).toMatch(before);
  expect(text).toMatch(new RegExp(`SyntaxError: .*${name}[\\\\/]${file}: `));
  expect(after).toMatch(/^ {6}Babel, /);
  expect(after).toContain(HINT);
  expect(after).toContain("transform: { '\\\\.[jt]sx?$': '@swc/jest' },");
  // The code frame stays, the frames of Babel do not.
  expect(after).toContain('> 1 | ');
  expect(after).not.toContain('@babel/parser');
});

test.each(['parser', 'plain'])('not for a mistake that is none of the compiler: %s', name => {
  const text = failureOf(name);
  expect(text).toContain('SyntaxError: ');
  expect(text).toContain('node_modules/@babel/parser');
  expect(text).not.toContain(HINT);
});
