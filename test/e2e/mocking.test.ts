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
const COMPILERS = sizedTo(2, [
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
