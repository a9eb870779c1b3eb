import { nearest } from '../nearest';

/** pytest's, Playwright's and Vitest's words for our scopes. */
const SCOPE_WORDS: Readonly<Record<string, string>> = {
  function: 'test',
  method: 'test',
  each: 'test',
  class: 'describe',
  suite: 'describe',
  block: 'describe',
  module: 'file',
  package: 'directory',
  process: 'worker',
  global: 'session',
  run: 'session',
};

/** Their options of a fixture, each with its fix. */
const FIXTURE_OPTIONS: Readonly<Record<string, (name: string) => string>> = {
  autouse: () => 'write `auto: true`, its name here.',
  option: overridable,
  injected: overridable,
  box: leaveOut,
  title: leaveOut,
  name: () => 'leave it out; the name is the first argument.',
  teardown: inFunction,
  tearDown: inFunction,
  cleanup: inFunction,
};

/** Their options of a test. */
const TEST_OPTIONS: Readonly<Record<string, string>> = {
  tag: "write `tags: ['…']`, its name here.",
  fixtures: "write `useFixtures: ['…']`, its name here.",
  retry: 'call jest.retryTimes(n) at the top of the file.',
  retries: 'call jest.retryTimes(n) at the top of the file.',
  repeats: 'give a fixture that it uses `params`, or write test.each(…).',
  concurrent: 'write test.concurrent(…).',
  only: 'write test.only(…).',
  skip: 'write test.skip(…).',
  todo: 'write test.todo(…).',
  fails: 'write test.failing(…).',
};

/** The options of a test, and what other runners have, that a describe block has not. */
const BLOCK_OPTIONS: Readonly<Record<string, string | ((got: unknown) => string)>> = {
  timeout: got =>
    `declare the limit of its tests in the block: fixture('defaultAsyncTimeout', ${typeof got === 'number' ? got : 'ms'}).`,
  overrides: "call test.override('name', value) in the block.",
  tags: 'give `tags` to each test.',
  setup: 'give `setup` to each test.',
  loopFactories: 'give `loopFactories` to each test, or `backend` to the block.',
  concurrent: 'write test.concurrent(…) for each test.',
  only: 'write describe.only(…).',
  skip: 'write describe.skip(…).',
};

/** What their tests are given, each with its fix. */
const GIVEN: Readonly<Record<string, string>> = {
  task: ofRequest('test'),
  testInfo: ofRequest('test'),
  signal: ofRequest('signal'),
  skip: ofRequest('skip(reason)'),
  onTestFinished: ofRequest('onCleanup(fn)'),
  onTestFailed: `${ofRequest('onCleanup(fn)')} The function can read request.test.outcome.`,
  expect: 'use the global expect, or import it.',
  done: 'leave it out, and return a promise: a test takes done or fixtures, not both.',
  monkeypatch: 'use jest.replaceProperty(object, key, value) and jest.restoreAllMocks().',
  mocker: "use Jest's own jest.spyOn and jest.fn.",
  capsys: "use jest.spyOn(process.stdout, 'write').",
};

function ofRequest(member: string): string {
  return `write ({ request }) and use request.${member}.`;
}

/** How to fix a request for what another runner gives its tests; undefined for any other name. */
export function fixForGiven(name: string): string | undefined {
  return Object.hasOwn(GIVEN, name) ? GIVEN[name] : undefined;
}

/** A parameter that is Jest's `done`, but seems to be meant as fixtures. */
export interface MeantAsFixtures {
  readonly parameter: string;
  /** Of the fixtures; none: an async function, which cannot use `done`. */
  readonly names: readonly string[];
  /** What it reads that another runner gives its tests. */
  readonly given?: string | undefined;
}

/** How to request what such a parameter was meant for. */
export function fixForDone({ parameter, names, given }: MeantAsFixtures): string {
  if (given !== undefined) return `\`${parameter}\` is Jest's done; ${fixForGiven(given)}`;
  if (names.length === 0) return `${uselessDone(parameter)}: ${DESTRUCTURE}`;
  const named = names[0] === parameter;
  const what = named
    ? `\`${parameter}\` names a fixture, but without braces it is Jest's done`
    : `\`${parameter}\` is Jest's done`;
  return `${what}; write ({ ${names.join(', ')} }) => ….`;
}

const uselessDone = (parameter: string): string =>
  parameter === 'done'
    ? 'an async function cannot use done'
    : `\`${parameter}\` is Jest's done, which an async function cannot use`;

const DESTRUCTURE = 'leave it out, or take fixtures by destructuring, ({ db }) => ….';

/** How to get the fixture of this name, where a variable was expected, as of a suite with hooks. */
export function fixForVariable(name: string): string {
  return `"${name}" is a fixture: name it in the braces of the function that uses it, ({ ${name} }) => ….`;
}

/** How to fix a value outside `known`: our word for it, or the nearest one. */
export function fixForValue(got: unknown, known: readonly string[]): string {
  const close = nearest(String(got), known)[0];
  return fixForWord(got, known) ?? (close === undefined ? LEAVE_OUT : `write "${close}".`);
}

/** Our word for another runner's scope; undefined for any other value. */
export function fixForWord(got: unknown, known: readonly string[]): string | undefined {
  const word = typeof got === 'string' && Object.hasOwn(SCOPE_WORDS, got) ? SCOPE_WORDS[got]! : undefined;
  return word !== undefined && known.includes(word) ? `write "${word}", its name here.` : undefined;
}

/** How to fix an unknown option of fixture `fixture`. */
export function fixForFixtureOption(fixture: string, option: string, known: readonly string[]): string {
  const fix = Object.hasOwn(FIXTURE_OPTIONS, option) ? FIXTURE_OPTIONS[option] : undefined;
  return fix?.(fixture) ?? fixForValue(option, known);
}

/** How to fix an unknown option of a describe block. */
export function fixForBlockOption(option: string, known: readonly string[], got: unknown): string {
  const fix = Object.hasOwn(BLOCK_OPTIONS, option) ? BLOCK_OPTIONS[option] : undefined;
  return (typeof fix === 'function' ? fix(got) : fix) ?? fixForTestOption(option, known);
}

/** How to fix an unknown option of a test. */
export function fixForTestOption(option: string, known: readonly string[]): string {
  return Object.hasOwn(TEST_OPTIONS, option) ? TEST_OPTIONS[option]! : fixForValue(option, known);
}

const LEAVE_OUT = 'correct it, or leave it out.';

function overridable(name: string): string {
  return `leave it out; every fixture can be overridden: test.override('${name}', value), or declare "${name}" again in a jest.fixtures file.`;
}

function inFunction(name: string): string {
  return `write the teardown after the yield, fixture('${name}', async function* () { yield value; … }), or after \`await use(value)\` in the object form.`;
}

function leaveOut(): string {
  return 'leave it out; there is nothing like it here.';
}

/** The values in `one of "a", "b"`; none for any other text. */
export function valuesIn(expected: string): string[] {
  return expected.startsWith('one of ')
    ? [...expected.matchAll(/"([^"]*)"/g)].map(([, value]) => value!)
    : [];
}
