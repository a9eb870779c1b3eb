import type { Background, BlockSpec, FixtureSpec, Hang, HookSpec, SuiteSpec, TestSpec } from './suite';

/*
 * A test file for a random suite. Every step logs what it does, and every error has a text of its own, so
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
let hangs = 0;
// The limit distinguishes one that hangs from all others; it is set only here, so that a busy machine exceeds no other.
const hang = async (how, what, asyncTimeout, loop) => {
  const ms = 15 + ++hangs / 1000;
  log('hang ' + what + ' ' + ms);
  asyncTimeout.set(ms);
  if (how === 'foreign') await new Promise(() => {});
  try {
    // On virtual time the hours pass at once.
    for (;;) await loop.sleep(60_000);
  } catch (error) {
    log('cancelled ' + what);
    // That was for this wait: what comes after it has time again.
    asyncTimeout.set(5000);
    if (how !== 'swallows') throw error;
  }
};
const inBackground = (how, id, loop) => {
  if (how === 'timer') setInterval(() => log('tick ' + id), 5);
  if (how === 'task') loop.createTask(async () => {
    log('task ' + id);
    try {
      for (;;) {
        await loop.sleep(5);
        log('tick ' + id);
      }
    } finally {
      log('ended ' + id);
    }
  });
};
const pause = async waits => {
  if (waits === 1) await null;
  if (waits === 2) await new Promise(resolve => setImmediate(resolve));
};
`;

/** The text of the test file. */
export function sourceOf(suite: SuiteSpec): string {
  const docblock = `/** @jest-loop ${JSON.stringify({ setup: suite.parallel ? 'parallel' : 'sequential', leftovers: 'cancel' })} */\n`;
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

/** The parameter of code that may hang, or leaves something in the background. */
const parameter = (asked: string, hangs: boolean, background: Background = 'none', more = ''): string => {
  const own = [hangs && 'asyncTimeout', (hangs || background !== 'none') && 'eventLoop', more];
  return `{ ${[asked, ...own].filter(Boolean).join(', ')} }`;
};

const parameterOf = ({ setUpHangs, tearDownHangs, background }: FixtureSpec, deps: string): string =>
  parameter(deps, setUpHangs !== 'no' || tearDownHangs !== 'no', background);

function hangSource(hangs: Hang, what: string): string {
  return hangs === 'no' ? '' : `await hang('${hangs}', ${what}, asyncTimeout, eventLoop);`;
}

/** What all kinds do before they give their value. */
function setUpSource(spec: FixtureSpec, deps: string): string {
  const { name, scope, setUpFails, setUpHangs, cleanup, waits, background } = spec;
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
    ${background === 'none' ? '' : `inBackground('${background}', id, eventLoop);`}
    ${waits > 0 ? `await pause(${waits});` : ''}
    ${hangSource(setUpHangs, `'set-up of ' + id`)}
    ${setUpFails && setUpHangs === 'no' ? `fail('set-up of ' + id);` : ''}
    log('up ' + id);`;
}

function tearDownSource({ tearDownFails, tearDownHangs, waits }: FixtureSpec): string {
  return `
    ${waits > 0 ? `await pause(${waits});` : ''}
    log('down ' + id);
    ${hangSource(tearDownHangs, `'teardown of ' + id`)}
    ${tearDownFails && tearDownHangs === 'no' ? `fail('teardown of ' + id);` : ''}`;
}

function useSource(spec: FixtureSpec, all: readonly FixtureSpec[]): string {
  const deps = names(spec.deps, all);
  return `async (${parameterOf(spec, deps)}, use, request) => {${setUpSource(spec, deps)}
    await use(value);${tearDownSource(spec)}
  }`;
}

function fixtureSource(spec: FixtureSpec, { fixtures: all }: SuiteSpec): string {
  if (spec.kind === 'use') return '';
  const deps = names(spec.deps, all);
  const declare = (fn: string): string => `fixture('${spec.name}', ${options(spec)}, ${fn});`;
  const plain = { ...spec, waits: 0 as const };
  const given = parameterOf(spec, deps);
  const waits = spec.waits > 0 || spec.tearDownHangs !== 'no';
  const bodies = {
    // No teardown of its own: it logs by onCleanup when it goes down.
    function: `async (${given}, request) => {
      ${setUpSource(spec, deps)}
      request.onCleanup(${waits ? 'async ' : ''}() => {${tearDownSource(spec)}});
      return value;
    }`,
    generator: `function* (${given}, request) {${setUpSource(plain, deps)}
      yield value;${tearDownSource(plain)}
    }`,
    asyncGenerator: `async function* (${given}, request) {${setUpSource(spec, deps)}
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

function hookSource({ type, asks, fails, hangs }: HookSpec, { fixtures }: SuiteSpec, path: string): string {
  return `own.${type}(async (${parameter(names(asks, fixtures), hangs !== 'no')}) => {
    log('hook ${path}');
    ${hangSource(hangs, `'hook ${path}'`)}
    ${fails && hangs === 'no' ? `fail('hook ${path}');` : ''}
  });`;
}

function testSource(spec: TestSpec, { fixtures }: SuiteSpec, path: string): string {
  const { asks, gets, fails, hangs, background, failing, concurrent } = spec;
  const form = `own${concurrent ? '.concurrent' : ''}${failing ? '.failing' : ''}`;
  const given = parameter(names(asks, fixtures), hangs !== 'no', background, 'request');
  return `${form}('${path}', async (${given}) => {
    const id = '${path}#' + ++lives;
    log('body ${path}');
    log('run ' + id);
    ${background === 'none' ? '' : `inBackground('${background}', id, eventLoop);`}
    ${gets.map(position => `await request.get('${fixtures[position]!.name}');`).join('\n')}
    ${hangSource(hangs, `'body ${path}'`)}
    ${fails && hangs === 'no' ? `fail('body ${path}');` : ''}
    log('end ${path}');
  });`;
}
