import type { BlockSpec, FixtureSpec, HookSpec, SuiteSpec, TestSpec } from './suite';

/*
 * A test file for a random suite. Every step tells what it does, and every error has a text of its own, so
 * that it can be found again in the report.
 */
const PRELUDE = `
const { log } = require('../log');
let lives = 0;
let errors = 0;
const fail = what => {
  const message = 'E' + ++errors + ' ' + what;
  log('throw ' + message);
  throw new Error(message);
};
const pause = async waits => {
  if (waits === 1) await null;
  if (waits === 2) await new Promise(resolve => setImmediate(resolve));
};
`;

/** The text of the test file. */
export function sourceOf(suite: SuiteSpec): string {
  const docblock = `/** @jest-loop ${JSON.stringify({ setup: suite.parallel ? 'parallel' : 'sequential' })} */\n`;
  const retry = suite.retries > 0 ? `jest.retryTimes(${suite.retries});\n` : '';
  return `${docblock}${PRELUDE}${retry}const own = ${useForms(suite)};\n${suite.fixtures
    .map(spec => fixtureSource(spec, suite))
    .join('\n')}\n${blockSource(suite.root, suite, 'r')}`;
}

/** The object form makes fixtures of an extended test, so all tests are made by it. */
function useForms({ fixtures }: SuiteSpec): string {
  const forms = fixtures.filter(({ kind }) => kind === 'use');
  if (forms.length === 0) return 'test';
  return `test.extend({\n${forms.map(spec => `${spec.name}: [${useSource(spec, fixtures)}, ${options(spec)}],`).join('\n')}\n})`;
}

function options({ scope, auto, params }: FixtureSpec): string {
  const values = params === 0 ? {} : { params: Array.from({ length: params }, (_, index) => index) };
  return JSON.stringify({ scope, auto, ...values });
}

const names = (positions: readonly number[], all: readonly FixtureSpec[]): string =>
  positions.map(position => all[position]!.name).join(', ');

/** What all kinds do before they give their value. */
function setUpSource({ name, scope, setUpFails, cleanup, waits }: FixtureSpec, deps: string): string {
  const cleanups = {
    none: '',
    works: `request.onCleanup(() => log('cleanup ' + id));`,
    fails: `request.onCleanup(async () => { log('cleanup ' + id); fail('cleanup of ' + id); });`,
  };
  return `
    const id = '${name}#' + ++lives;
    const value = { id, needs: [${deps}].map(dep => dep.id) };
    log('start ' + id + ' ${scope} ' + value.needs.join(','));
    ${cleanups[cleanup]}
    ${waits > 0 ? `await pause(${waits});` : ''}
    ${setUpFails ? `fail('set-up of ' + id);` : ''}
    log('up ' + id);`;
}

function tearDownSource({ tearDownFails, waits }: FixtureSpec): string {
  return `
    ${waits > 0 ? `await pause(${waits});` : ''}
    log('down ' + id);
    ${tearDownFails ? `fail('teardown of ' + id);` : ''}`;
}

function useSource(spec: FixtureSpec, all: readonly FixtureSpec[]): string {
  const deps = names(spec.deps, all);
  return `async ({ ${deps} }, use, request) => {${setUpSource(spec, deps)}
    await use(value);${tearDownSource(spec)}
  }`;
}

function fixtureSource(spec: FixtureSpec, { fixtures: all }: SuiteSpec): string {
  if (spec.kind === 'use') return '';
  const deps = names(spec.deps, all);
  const declare = (fn: string): string => `fixture('${spec.name}', ${options(spec)}, ${fn});`;
  const plain = { ...spec, waits: 0 as const };
  const bodies = {
    // No teardown of its own: it tells by onCleanup when it goes down.
    function: `async ({ ${deps} }, request) => {
      ${setUpSource(spec, deps)}
      request.onCleanup(${spec.waits > 0 ? 'async ' : ''}() => {${tearDownSource(spec)}});
      return value;
    }`,
    generator: `function* ({ ${deps} }, request) {${setUpSource(plain, deps)}
      yield value;${tearDownSource(plain)}
    }`,
    asyncGenerator: `async function* ({ ${deps} }, request) {${setUpSource(spec, deps)}
      yield value;${tearDownSource(spec)}
    }`,
  };
  return declare(bodies[spec.kind]);
}

function blockSource(spec: BlockSpec, suite: SuiteSpec, path: string): string {
  const inner = [
    ...spec.hooks.map((hook, index) => hookSource(hook, suite, `${path}.h${index}`)),
    ...spec.tests.map((test, index) => testSource(test, suite, `${path}.t${index}`)),
    ...spec.blocks.map(
      (child, index) =>
        `describe('${path}.b${index}', () => {\n${blockSource(child, suite, `${path}.b${index}`)}\n});`,
    ),
  ];
  return inner.join('\n');
}

function hookSource({ type, asks, fails }: HookSpec, { fixtures }: SuiteSpec, path: string): string {
  return `own.${type}(async ({ ${names(asks, fixtures)} }) => {
    log('hook ${path}');
    ${fails ? `fail('hook ${path}');` : ''}
  });`;
}

function testSource(spec: TestSpec, { fixtures }: SuiteSpec, path: string): string {
  const form = `own${spec.concurrent ? '.concurrent' : ''}${spec.failing ? '.failing' : ''}`;
  const asks = names(spec.asks, fixtures);
  return `${form}('${path}', async ({ ${asks}${asks === '' ? '' : ', '}request }) => {
    log('body ${path}');
    ${spec.gets.map(position => `await request.get('${fixtures[position]!.name}');`).join('\n')}
    ${spec.fails ? `fail('body ${path}');` : ''}
    log('end ${path}');
  });`;
}
