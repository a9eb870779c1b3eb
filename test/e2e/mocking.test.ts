import { FULL, sizedTo } from '../sizes';
import { keepJest, runFiles } from './run-jest';

keepJest();

/*
 * `jest.mock` of the `jest` that 'jest-loop' exports. Compilers move mock calls above the imports, but know Jest's own
 * `jest` alone: the call is an error under each of them, never a module that is silently not mocked.
 */
const USES = `
  import { expect, jest, test } from 'jest-loop';
  import { send } from './mailer';
  jest.mock('./mailer', () => ({ send: () => 'mocked' }));
  test('mocked', () => { expect(send()).toBe('mocked'); });`;
const OWN = USES.replace(
  "import { expect, jest, test } from 'jest-loop';",
  "import { jest } from '@jest/globals'; import { expect, test } from 'jest-loop';",
);
const REST = `
  import { expect, jest, test } from 'jest-loop';
  test('the rest of it', ({ request }) => {
    const spy = jest.spyOn(Math, 'random').mockReturnValue(4);
    expect([Math.random(), jest.fn(() => request.name)(), jest.isMockFunction(spy)]).toEqual([4, 'the rest of it', true]);
    expect(() => jest.requireActual('./mailer')).toThrow('jest.requireActual() was called on it');
  });`;

/** Compilers, with the extension of what they compile and the start of what the test reports under them. */
const COMPILERS = sizedTo(1, [
  ['babel', 'js', 'cannot mock modules'],
  ['swc', 'ts', 'cannot mock modules'],
  ['preset', 'ts', 'Cannot access'],
  ['tsjest', 'ts', 'Cannot access'],
] as const);

const project = (name: string, transform: string): string =>
  `{ displayName: '${name}', rootDir: '<rootDir>/${name}', preset: 'jest-loop', restoreMocks: true, ${transform} }`;
// SWC moves the calls of the global `jest` alone.
const GLOBAL = USES.replace('{ expect, jest, test }', '{ expect, test }');
const files = (name: string, extension: string): Record<string, string> => ({
  [`${name}/mailer.${extension}`]: "export const send = () => 'sent';",
  [`${name}/loop.test.${extension}`]: USES,
  [`${name}/own.test.${extension}`]: name === 'swc' ? GLOBAL : OWN,
  [`${name}/rest.test.${extension}`]: REST,
});

const BABEL = JSON.stringify({ presets: [['@babel/preset-env', { targets: { node: 'current' } }]] });
const TRANSFORMS = {
  babel: `transform: { '\\\\.js$': ['babel-jest', ${BABEL}] }`,
  swc: "transform: { '\\\\.ts$': '@swc/jest' }",
  preset: '',
  tsjest: "transform: { '\\\\.ts$': ['ts-jest', { diagnostics: false }] }",
};

test('mocking with the `jest` of the package says where to take it from, compiled by ts-jest, Babel and SWC', () => {
  const report = runFiles({
    'jest.config.js': `module.exports = { projects: [
      ${COMPILERS.map(([name]) => project(name, TRANSFORMS[name])).join(',\n')}
    ] };`,
    ...Object.assign({}, ...COMPILERS.map(([name, extension]) => files(name, extension))),
  });
  const said = Object.entries(report.files).map(([file, { status, errors, tests }]) => {
    const message = [...errors, ...tests.flatMap(({ messages }) => messages)].join('\n');
    return `${file} ${status}${message === '' ? '' : `: ${/Cannot access|cannot mock modules/.exec(message)?.[0]}`}`;
  });
  const outcome = (name: string, extension: string, message: string): string[] => [
    `${name}/loop.test.${extension} failed: ${message}`,
    `${name}/own.test.${extension} passed`,
    `${name}/rest.test.${extension} passed`,
  ];
  expect(said.sort()).toEqual(
    [...COMPILERS].sort().flatMap(([name, extension, message]) => outcome(name, extension, message)),
  );
  const fix = "To fix: import { jest } from '@jest/globals', or use the global `jest`";
  expect(report.output.split(fix)).toHaveLength(COMPILERS.length + 1);
  if (FULL) expect(report.output).toContain("was moved above `import { jest } from 'jest-loop'`");
  expect(report.output).toMatch(/jest\.mock\(\) was called on it[\s\S]*?loop\.test\.js:4/);
});

describe("automock mocks what is the project's, and nothing of the package", () => {
  const FILES = {
    'jest.fixtures.js': `
      const { fixture } = require('jest-loop');
      fixture('db', { scope: 'file' }, async function* () { yield 5; });`,
    'users.js': "exports.find = () => 'real';",
    'node_modules/other/index.js': "exports.find = () => 'real';",
    'a.test.js': `
      const { fixture, test: own, Loop, HttpServerService, TcpProxy } = require('jest-loop');
      fixture('here', () => 7);
      own('imported', ({ here, db }) => expect([here, db]).toEqual([7, 5]));
      test('global', ({ here, db }) => expect([here, db]).toEqual([7, 5]));
      require('@jest/globals').test('of Jest', ({ here }) => expect(here).toBe(7));
      test('its classes', async () => {
        const loop = new Loop();
        expect(await loop.run(async () => 3)).toBe(3);
        await loop.close();
        expect([HttpServerService.prototype.start, require('jest-loop/run').runJest,
          require('jest-loop/environment').withLoop].some(each => jest.isMockFunction(each))).toBe(false);
      });
      test('all else', () => {
        for (const name of ['./users', 'other']) expect(jest.isMockFunction(require(name).find)).toBe(true);
      });`,
    'other.test.js': `
      /** @jest-environment node */
      test('of another environment', () => {
        expect(jest.isMockFunction(require('./users').find)).toBe(true);
        expect(() => require('jest-loop').fixture('x', 1)).toThrow(/environment/);
      });`,
  };
  test.each([
    ['the preset', "preset: 'jest-loop'"],
    ['another preset', "testEnvironment: 'jest-loop/environment', setupFilesAfterEnv: ['jest-loop/setup']"],
  ])('with %s', (_, setUp) => {
    const config = `module.exports = { ${setUp}, transform: {}, automock: true };`;
    const { files } = runFiles({ ...FILES, 'jest.config.js': config });
    const outcomes = Object.values(files).flatMap(({ tests }) =>
      tests.map(({ name, status, messages }) => [name, status, ...messages]),
    );
    expect(outcomes.sort()).toEqual(
      ['all else', 'global', 'imported', 'its classes', 'of Jest', 'of another environment'].map(name => [
        name,
        'passed',
      ]),
    );
  });
});
