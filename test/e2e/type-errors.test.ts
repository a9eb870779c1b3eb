import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fullTest, sizedTo } from '../sizes';
import { ROOT } from './run-jest';

/*
 * What TypeScript says of usual mistakes, with the built package: a line that names what there is. Its other tests,
 * in test/types, check that it says something.
 */
const FOLDER = path.join(ROOT, '.tmp/e2e/type-errors');
const FIXTURES = `
  import { fixture, test, beforeAll, type FixturesOf } from 'jest-loop';
  const fixtures = fixture('port', { scope: 'file' }, 8080).fixture('user', () => ({ name: 'Ada' }));
  declare module 'jest-loop' { interface Fixtures extends FixturesOf<typeof fixtures> {} }
  const extended = test.extend('size', 3);
  let none: string;`;

/** A mistake, and the first line of what TypeScript says of it. */
const MISTAKES: readonly [line: string, says: string][] = [
  [
    "test('x', ({ usr }) => { usr; });",
    `Property 'usr' does not exist on type 'Fixtures & BuiltIns<undefined, "test", Fixtures> & Done'.`,
  ],
  [
    'beforeAll(({ user }) => { user; });',
    `Property 'user' does not exist on type 'WiderThanTest<Fixtures> & BuiltIns<undefined, "file" | "describe", WiderThanTest<Fixtures>> & Done'.`,
  ],
  [
    "fixture('b', 1).fixture('a', ({ b }) => ({ b })).fixture('c', ({ a, d }) => [a, d]);",
    `Property 'd' does not exist on type '{ b: number; a: { b: number; }; } & BuiltIns<undefined, "test", { b: number; a: { b: number; }; }>'.`,
  ],
  [
    "fixture('user', 1).fixture('db', { scope: 'file' }, ({ user }) => user);",
    `Property 'user' does not exist on type 'Without<"fixture \\"user\\" has scope \\"test\\", which is narrower than \\"file\\"", {} & BuiltIns<undefined, "file", {}>>'.`,
  ],
  [
    "test.extend('size', ({ prt }) => prt);",
    `Property 'prt' does not exist on type 'Fixtures & BuiltIns<undefined, "test", Fixtures>'.`,
  ],
  [
    "extended('x', ({ sise }) => { sise; });",
    `Property 'sise' does not exist on type 'Readonly<Record<"size", number>> & Fixtures & BuiltIns<undefined, "test", Readonly<Record<"size", number>> & Fixtures> & Done'.`,
  ],
  [
    "test.override('port', 'text');",
    `Argument of type 'string' is not assignable to parameter of type 'Override<number, Fixtures, undefined, "test">'.`,
  ],
  [
    "test.override('prt', 1);",
    `Argument of type '"prt"' is not assignable to parameter of type 'FixtureName<Fixtures>'.`,
  ],
  [
    "test.useFixtures('prt')('x', () => {});",
    `Argument of type '"prt"' is not assignable to parameter of type 'FixtureName<Fixtures>'.`,
  ],
  [
    "test.extend('x', { scope: 'file' }, ({ user }) => user);",
    `Property 'user' does not exist on type 'WiderThanTest<Fixtures> & BuiltIns<undefined, "file", WiderThanTest<Fixtures>>'.`,
  ],
  [
    "fixture('localhost', 5);",
    `Argument of type 'string' is not assignable to parameter of type 'Mistake<"\\"localhost\\" is built in: a fixture of this name gives a value of the same type">'.`,
  ],
  ["fixture('b', { scope: 'module' }, 1);", `Type '"module"' is not assignable to type 'Scope | undefined'.`],
  [
    "test.skipIf(true)('x', () => {});",
    `Property 'skipIf' does not exist on type 'TestAPI<Fixtures>'. Did you mean 'skip'?`,
  ],
  ['none = none!.length;', "Type 'number' is not assignable to type 'string'."],
];
const FIRST = FIXTURES.split('\n').length + 1;

const OPTIONS = {
  strict: true,
  module: 'node16',
  target: 'es2022',
  types: ['node'],
  skipLibCheck: true,
  noEmit: true,
};

beforeAll(() => {
  fs.mkdirSync(FOLDER, { recursive: true });
  fs.writeFileSync(
    path.join(FOLDER, 'mistakes.ts'),
    [FIXTURES, ...MISTAKES.map(([line]) => line)].join('\n'),
  );
  fs.writeFileSync(
    path.join(FOLDER, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: OPTIONS, files: ['mistakes.ts'] }),
  );
});
afterAll(() => fs.rmSync(FOLDER, { recursive: true }));

function compile(compiler: string, ...args: string[]): { readonly stdout: string } {
  const tsc = path.join(path.dirname(require.resolve(`${compiler}/package.json`)), 'bin/tsc');
  return spawnSync(process.execPath, [tsc, ...args], { encoding: 'utf8' });
}

/** The first line of each error, by mistake. */
function errorsOf(compiler: string): Record<string, string[]> {
  const { stdout } = compile(compiler, '-p', FOLDER);
  const found: Record<string, string[]> = {};
  for (const [, line, text] of stdout.matchAll(/^\S*mistakes\.ts\((\d+),\d+\): error TS\d+: (.*)$/gm)) {
    const [mistake] = MISTAKES[Number(line) - FIRST] ?? [`line ${line}`];
    found[mistake] = [...(found[mistake] ?? []), text!];
  }
  return found;
}

/** Compilers list the members of types, and of unions, in orders of their own. */
const ordered = (text: string): string =>
  text
    .split(/[^\w"]+/)
    .sort()
    .join(' ');

test.each(sizedTo(1, ['typescript-7', 'typescript']))(
  '%s names what exists where a name is wrong',
  compiler => {
    const found = errorsOf(compiler);
    if (compiler === 'typescript') {
      expect(found).toEqual(Object.fromEntries(MISTAKES.map(([line, says]) => [line, [says]])));
      return;
    }
    for (const [line, says] of MISTAKES)
      expect([line, found[line]?.map(ordered)]).toEqual([line, [ordered(says)]]);
  },
);

fullTest('a long chain costs little more than a short one', () => {
  const chainOf = (length: number): string => {
    let text = "import { fixture, test } from 'jest-loop';\nexport const fixtures = fixture('f0', 1)";
    for (let i = 1; i < length; i++) text += `.fixture('f${i}', ({ f${i - 1} }) => [f${i - 1}].length)`;
    return text;
  };
  const instantiationsOf = (length: number): number => {
    fs.writeFileSync(path.join(FOLDER, 'chain.ts'), chainOf(length));
    const config = { compilerOptions: OPTIONS, files: ['chain.ts'] };
    fs.writeFileSync(path.join(FOLDER, 'chain.json'), JSON.stringify(config));
    const { stdout } = compile(
      'typescript-7',
      '-p',
      path.join(FOLDER, 'chain.json'),
      '--extendedDiagnostics',
    );
    expect(stdout).not.toContain('error TS');
    return Number(/^Instantiations: +(\d+)$/m.exec(stdout)?.[1]);
  };
  // Each link copies the chain, so it grows with the third power: 60 links are where that begins to show.
  expect(instantiationsOf(60) - instantiationsOf(2)).toBeLessThan(MOST_INSTANTIATIONS);
});

/** 400,000 take a third of a second. */
const MOST_INSTANTIATIONS = 450_000;
