import { IN_BAND, runFiles, WORKERS } from './run-jest';

/* `--coverage` says the same as without the preset: of the same calls, made by fixtures or by Jest's hooks. */

const LIB = `
const twice = (value, by = 2) => value * by;

function describe(value) {
  if (value > 10) {
    return 'large';
  } else if (value < 0) return 'negative';
  return [value]
    .map(each => \`\${each ?? 'none'}\`)
    .join();
}

class Shape {
  #sides = 3;
  get sides() { return this.#sides; }
  never() {
    return 'never';
  }
}

module.exports = { twice, describe, Shape };
`;
const TYPED = `
export enum Kind { Small, Large }
export interface Thing { readonly kind: Kind }
export const make = async (kind: Kind = Kind.Small): Promise<Thing> => {
  if (kind === Kind.Large) {
    return { kind };
  }
  return await Promise.resolve({ kind });
};
`;
const CALLS = {
  'lib.js': LIB,
  'typed.ts': TYPED,
  'unused.js': 'module.exports = () => {\n  return 1;\n};\n',
};
const BODY = "expect([doubled, described, shape.sides, thing.kind]).toEqual([8, '7', 3, 0]);";
const MADE = {
  doubled: "require('./lib').twice(4)",
  described: "require('./lib').describe(7)",
  shape: "new (require('./lib').Shape)()",
};

const transform = "transform: { '\\\\.ts$': '@swc/jest' }";
const config = (more: string): string =>
  `module.exports = { ${more} ${transform}, collectCoverageFrom: ['lib.js', 'typed.ts', 'unused.js'] };`;

const WITH_HOOKS = {
  ...CALLS,
  'jest.config.js': config(''),
  'a.test.js': `
    let doubled, described, shape, thing;
    beforeEach(async () => {
      ${Object.entries(MADE)
        .map(([name, call]) => `${name} = ${call};`)
        .join('\n')}
      thing = await require('./typed').make();
    });
    test('uses all', async () => { ${BODY} });`,
};
const WITH_FIXTURES = {
  ...CALLS,
  'jest.config.js': config("preset: 'jest-loop',"),
  'jest.fixtures.js': `
    ${Object.entries(MADE)
      .map(([name, call]) => `fixture('${name}', () => ${call});`)
      .join('\n')}
    fixture('thing', async () => await require('./typed').make());`,
  'a.test.js': `test('uses all', async ({ doubled, described, shape, thing }) => { ${BODY} });`,
};

const PROVIDERS: [provider: string, processes: string, args: readonly string[]][] = [
  ['babel', 'in band', IN_BAND],
  ['v8', 'with two workers', WORKERS],
];
test.each(PROVIDERS)('--coverage with %s, %s', (provider, _, kind) => {
  const args = [...kind, '--coverage', `--coverageProvider=${provider}`, '--coverageReporters=text'];
  const tableOf = (files: Readonly<Record<string, string>>): string[] => {
    const { code, output } = runFiles(files, { args });
    expect({ code, failed: output.includes('●') }).toEqual({ code: 0, failed: false });
    return output.split('\n').filter(line => /^ *\S.* \| /.test(line));
  };
  const plain = tableOf(WITH_HOOKS);
  expect(plain.map(line => line.split(' |')[0]!.trim())).toEqual([
    'File',
    'All files',
    'lib.js',
    'typed.ts',
    'unused.js',
  ]);
  expect(plain.find(line => line.startsWith(' lib.js'))).toMatch(/\d+(-\d+)?,.*\d+ *$/);
  expect(tableOf(WITH_FIXTURES)).toEqual(plain);
});
