/* A test file whose tests fail, with its fixtures, as each set-up writes them; and the places that they must name. */

type Files = Readonly<Record<string, string>>;

/** How the files of a set-up get what they call: as globals, by `require`, by `import`, or by `import` with types. */
export type Style = 'globals' | 'required' | 'imported' | 'typed';

/** A failure: the lines that its message and then its stack name, by their marks. */
interface Failure {
  readonly test: string;
  readonly lines: readonly string[];
}

const FAILURES: readonly Failure[] = [
  { test: 'an assertion', lines: ['assertion'] },
  { test: 'a rejection in a timer', lines: ['rejection'] },
  { test: 'a set-up that throws', lines: ['thrown', 'called', 'declared'] },
  { test: 'a set-up outside the test file that throws', lines: ['shared', 'declared shared'] },
  { test: 'a set-up of the run that throws', lines: ['of run', 'declared of run'] },
  { test: 'a time limit', lines: ['limit', 'timer', 'limit'] },
  { test: 'an unknown fixture', lines: ['unknown', 'unknown'] },
];

const HEADS: Readonly<Record<Style, (names: string) => string>> = {
  globals: () => '',
  required: names => `const { ${names} } = require('jest-loop');`,
  imported: names => `import { ${names} } from 'jest-loop';`,
  typed: names => `import { ${names} } from 'jest-loop';`,
};

/** Compilers leave types out, so that the lines below them move. */
const TYPES = `
interface Unused {
  readonly one: string;
  readonly two: number;
}
type Also =
  | Unused
  | undefined;`;

const fixturesOf = (style: Style): string => {
  const typed = style === 'typed';
  return `${HEADS[style]('fixture')}
${typed ? `import type { FixturesOf } from 'jest-loop';${TYPES}` : ''}
function open(${typed ? 'name: string' : 'name'})${typed ? ': Promise<Also>' : ''} {
  throw new Error('cannot open ' + name); // @thrown
}

${typed ? 'export const failing = ' : ''}fixture('low', { scope: 'file' }, async function* () {
  yield 1;
}).fixture( // @declared
  'broken',
  async ({ low }) => {
    await null;
    return open('file ' + low); // @called
  },
).fixture('shared', { scope: 'worker' }, async () => { // @declared shared
  await null;
  throw new Error('no worker'); // @shared
}).fixture('ofRun', { scope: 'session' }, async () => { // @declared of run
  await null;
  throw new Error('no run'); // @of run
});
${typed ? "declare module 'jest-loop' { interface Fixtures extends FixturesOf<typeof failing> {} }" : ''}`;
};

const testOf = (style: Style): string => `${HEADS[style]('expect, test')}
${style === 'typed' ? TYPES : ''}
const wait = (ms${style === 'typed' ? ': number' : ''}) => new Promise(resolve => setTimeout(resolve, ms)); // @timer

test('an assertion', async ({ low }) => {
  await wait(1);
  ${style === 'typed' ? 'const none: Also = undefined;' : 'const none = undefined;'}
  expect(low).toBe(none); // @assertion
});

test('a rejection in a timer', async () => {
  setTimeout(async () => {
    await null;
    throw new Error('late'); // @rejection
  }, 1);
  await wait(20);
});

test('a set-up that throws', ({ broken }) => {
  expect(broken).toBe(1);
});

test('a set-up outside the test file that throws', ({ shared }) => {
  expect(shared).toBe(1);
});

test('a set-up of the run that throws', ({ ofRun }) => {
  expect(ofRun).toBe(1);
});

test('a time limit', { timeout: 20 }, async () => { // @limit
  await wait(5000);
});

// @ts-expect-error: there is none
test('an unknown fixture', ({ brokn }) => { // @unknown
  expect(brokn).toBe(1);
});`;

/** The files below `failing/`, and for each of their tests the places that it must name. */
export function failingFiles(style: Style): {
  files: Files;
  places: Readonly<Record<string, readonly string[]>>;
} {
  const extension = style === 'typed' ? 'ts' : 'js';
  const files = {
    [`failing/jest.fixtures.${extension}`]: fixturesOf(style),
    [`failing/fails.test.${extension}`]: testOf(style),
  };
  const places = FAILURES.map(({ test, lines }) => [test, lines.map(mark => placeOf(mark, files))]);
  return { files, places: Object.fromEntries(places) };
}

function placeOf(mark: string, files: Files): string {
  for (const [name, text] of Object.entries(files)) {
    const line = text.split('\n').findIndex(each => each.endsWith(`// @${mark}`));
    if (line >= 0) return `${name}:${line + 1}`;
  }
  throw new Error(`no line is marked @${mark}`);
}
