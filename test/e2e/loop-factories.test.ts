import { fullTest } from '../sizes';
import type { Report } from './report';
import { IN_BAND, keepJest, runFiles, WORKERS } from './run-jest';

keepJest();

/* Where `loopFactories` come from: an ES module, the configuration with workers. */

const TEST = `
test('on a backend of the project', { loopFactories: ['mine'] }, async ({ eventLoop }) => {
  expect(eventLoop.name).toBe('mine');
});`;
const FACTORY = "options => new (require('jest-loop').Loop)({ name: 'mine', ...options })";
const config = (factory: string): string =>
  `module.exports = { preset: 'jest-loop', testEnvironmentOptions: { loop: { loopFactories: { mine: ${factory} } } } };`;

const statuses = ({ files }: Report): unknown =>
  Object.fromEntries(
    Object.entries(files).map(([name, { tests }]) => [
      name,
      tests.map(each => `${each.name}: ${each.status}`),
    ]),
  );

test('an ES module exports them, for tests of both kinds', () => {
  const files = {
    'jest.config.js':
      "module.exports = { preset: 'jest-loop', transform: {}, testMatch: ['**/*.test.?(m)js'] };",
    'jest.fixtures.mjs': `
      import { Loop } from 'jest-loop';
      await null;
      globalThis.loaded = (globalThis.loaded ?? 0) + 1;
      export const loopFactories = { mine: options => new Loop({ name: 'mine', ...options }) };`,
    'a.test.js': `${TEST} test('loaded once', () => expect(loaded).toBe(1));`,
    'b.test.mjs': `${TEST} test('loaded once', () => expect(loaded).toBe(1));`,
    'inner/jest.fixtures.mjs': "export const loopFactories = { mine: 'no function' };",
    'inner/c.test.js': TEST,
  };
  const report = runFiles(files, { node: ['--experimental-vm-modules'], args: IN_BAND });
  expect(statuses(report)).toEqual({
    'a.test.js': ['on a backend of the project: passed', 'loaded once: passed'],
    'b.test.mjs': ['on a backend of the project: passed', 'loaded once: passed'],
    'inner/c.test.js': [],
  });
  expect(report.files['inner/c.test.js']!.errors).toEqual([
    expect.stringContaining(
      'Expected the export `loopFactories` of inner/jest.fixtures.mjs, "mine" to be a function, got "no function"',
    ),
  ]);
});

test('a function of the configuration works in band; with workers it is an error, before any file runs', () => {
  const files = { 'a.test.js': TEST, 'b.test.js': TEST, 'jest.config.js': config(FACTORY) };
  const passed = ['on a backend of the project: passed'];
  expect(statuses(runFiles(files, { args: IN_BAND }))).toEqual({ 'a.test.js': passed, 'b.test.js': passed });
  const { code, output, files: ran } = runFiles(files, { args: WORKERS });
  expect([code, ran]).toEqual([1, {}]);
  expect(output).toContain(
    'Loop factory "mine" in testEnvironmentOptions.loop is a function, and the run has several workers',
  );
  expect(output).toContain(
    "write the path of a module that exports it by default: loopFactories: { mine: '<rootDir>/mine.js' }",
  );
});

fullTest('the path of a module works with workers, unless that is an ES module', () => {
  const files = {
    'a.test.js': TEST,
    'b.test.js': TEST,
    'mine.js': `module.exports = ${FACTORY};`,
    'mine.mjs': 'export default () => {};',
    'c.test.js': "test('an ES module', { loopFactories: ['esm'] }, async ({ eventLoop }) => {});",
    'jest.config.js': config("'<rootDir>/mine.js', esm: '<rootDir>/mine.mjs'"),
  };
  const passed = ['on a backend of the project: passed'];
  const report = runFiles(files, { args: WORKERS });
  expect(statuses(report)).toEqual({
    'a.test.js': passed,
    'b.test.js': passed,
    'c.test.js': ['an ES module: failed'],
  });
  expect(report.files['c.test.js']!.tests[0]!.messages[0]).toMatch(
    // From Node 24.9 on, Jest loads it by `require`.
    /^(The module of loop factory "esm" is an ES module: |Expected loop factory "esm" to return a Loop)/,
  );
});
