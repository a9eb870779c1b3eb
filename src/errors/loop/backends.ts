import { nearest } from '../nearest';
import { layOut, type Problem } from '../problem';
import { show } from '../show';
import type { Site } from '../site';

/** Where the fixture `loopBackend` is declared. */
const placeOf = (site: Site | undefined): string | undefined => site?.at && `declared at ${site.at}`;
const framesOf = (site: Site | undefined): { frames?: string } =>
  site === undefined ? {} : { frames: site.frames };

/** A backend that is neither a name nor `[name, options]`. `source` says where it was given. */
export function invalidBackend(source: string, got: unknown, site?: Site): Problem {
  return {
    code: 'ERR_BACKEND',
    ...framesOf(site),
    message: layOut(
      `Expected ${source} to be the name of a backend or [name, options], got ${show(got)}.`,
      [placeOf(site)],
      "give a name, 'virtual', or a name with its options, ['virtual', { threshold: 50 }].",
    ),
  };
}

/** A name that no backend has. */
export function unknownBackend(source: string, name: string, known: readonly string[], site?: Site): Problem {
  const meant = nearest(name, known)[0];
  return {
    code: 'ERR_BACKEND',
    ...framesOf(site),
    message: layOut(
      `Unknown backend "${name}" in ${source}.`,
      [placeOf(site), `Backends: ${known.join(', ')}`],
      meant === undefined
        ? 'name one of these, or add it by `loopFactories`.'
        : `write "${meant}", or add "${name}" by \`loopFactories\`.`,
    ),
  };
}

/** A backend that tests do not get, since their Loop is that of a wider scope, which `actual` drives. */
export function backendUnreached(source: string, name: string, loopScope: string, actual: string): string {
  const shared = loopScope === 'directory' || loopScope === 'worker';
  return layOut(
    `The backend "${name}" of ${source} does not reach tests of this file: they run in the Loop of scope "${loopScope}", which is on "${actual}".`,
    [],
    shared
      ? "give these tests loopScope 'test': this Loop is always on real time."
      : `give these tests loopScope 'test', or choose the backend of that Loop: fixture('loopBackend', { scope: '${loopScope}' }, () => '${name}').`,
  );
}

/** A name that no backend of `new Loop()` has: the project's own are for tests. */
export function unknownLoopBackend(name: string, known: readonly string[]): Problem {
  const meant = nearest(name, known)[0];
  return {
    code: 'ERR_BACKEND',
    message: layOut(
      `Unknown backend "${name}" in new Loop({ backend }).`,
      [`Backends: ${known.join(', ')}`],
      meant === undefined ? 'name one of these.' : `write "${meant}".`,
    ),
  };
}

/** An option that the backend does not have, or a wrong value. */
export function invalidBackendOption(
  backend: string,
  option: string,
  expected: string | undefined,
  got: unknown,
  known: readonly string[],
  site?: Site,
): Problem {
  return {
    code: 'ERR_BACKEND',
    ...framesOf(site),
    message: layOut(
      expected === undefined
        ? `Unknown option "${option}" of the backend "${backend}".`
        : `Expected option "${option}" of the backend "${backend}" to be ${expected}, got ${show(got)}.`,
      [placeOf(site), known.length === 0 ? 'It has no options.' : `Options: ${known.join(', ')}`],
      expected === undefined
        ? `leave it out${known.length === 0 ? '' : ', or write one of these'}.`
        : `pass ${expected}.`,
    ),
  };
}

/** A `loopBackend` that needs a fixture which enters a Loop: tests run in that one, whatever it chooses. */
export function backendTooLate(backend: string, entered: string, current: string, site?: Site): Problem {
  return {
    code: 'ERR_BACKEND',
    ...framesOf(site),
    message: layOut(
      `The backend "${backend}" of fixture "loopBackend" comes too late: the fixture needs "${entered}", whose Loop is on "${current}".`,
      [placeOf(site)],
      `let loopBackend do without "${entered}", or make that Loop by new Loop({ backend: '${backend}' }).`,
    ),
  };
}

/** A backend that needs Jest's fake timers, where there are none. */
export function noFakeTimers(backend: string): Problem {
  return {
    code: 'ERR_BACKEND',
    message: layOut(
      `The backend "${backend}" is built on Jest's fake timers, and there are none here.`,
      [],
      "use it in a test file, in an environment that has Jest's fake timers; elsewhere use 'node'.",
    ),
  };
}

/** A backend that fakes time, where Jest's own fake timers are on already. */
export function fakeTimersOn(backend: string): Problem {
  return {
    code: 'ERR_BACKEND',
    message: layOut(
      `The backend "${backend}" cannot move the time: Jest's fake timers are on.`,
      [
        '`jest.useFakeTimers()` was called before the test began, or the configuration has `fakeTimers.enableGlobally`.',
      ],
      "call jest.useRealTimers() first, or run this test on 'node' and move its time yourself.",
    ),
  };
}

/** `loopFactories` that are no functions by name. */
export function invalidFactories(source: string, expected: string, got: unknown): Problem {
  return {
    code: 'ERR_BACKEND',
    message: layOut(
      `Expected ${source} to be ${expected}, got ${show(got)}.`,
      [],
      'write it as loopFactories = { name: options => new Loop() }.',
    ),
  };
}

/** A factory in the configuration that cannot reach a worker. */
export function factoryInWorkers(name: string, rootDir: string): Problem {
  return {
    code: 'ERR_BACKEND',
    message: layOut(
      `Loop factory "${name}" in testEnvironmentOptions.loop is a function, and the run has several workers: they get the configuration as JSON, without functions.`,
      [`Project: ${rootDir}`],
      `write the path of a module that exports it by default: loopFactories: { ${name}: '<rootDir>/${name}.js' }; or export \`loopFactories\` from a jest.fixtures file; or run in band, with -i.`,
    ),
  };
}

/** A module that an entry of the option `loopFactories` names, without a factory. */
export function factoryNotFound(name: string, file: string, got: unknown): Problem {
  return {
    code: 'ERR_BACKEND',
    message: layOut(
      `Expected the module of loop factory "${name}" to export a function by default, got ${show(got)}.`,
      [`Module: ${file}`],
      'export it: export default options => new Loop().',
    ),
  };
}

/** A module that an entry of the option `loopFactories` names, and that only `import()` could load. */
export function factoryIsEsm(name: string, file: string): Problem {
  return {
    code: 'ERR_BACKEND',
    message: layOut(
      `The module of loop factory "${name}" is an ES module: a Loop is made at once, and cannot wait for import().`,
      [`Module: ${file}`],
      'write it as CommonJS, or export `loopFactories` from a jest.fixtures.mjs file.',
    ),
  };
}

/** A factory that returned something else than a Loop. */
export function factoryGaveNoLoop(name: string, got: unknown): Problem {
  return {
    code: 'ERR_BACKEND',
    message: layOut(
      `Expected loop factory "${name}" to return a Loop, got ${show(got)}.`,
      [],
      'return one at once, not a promise: options => new Loop().',
    ),
  };
}

/** The end of a skipped test's name: it picks a backend that does not exist. */
export function factoryMissing(name: string, known: readonly string[]): string {
  return ` [${name}: no such loop factory; available: ${known.join(', ')}]`;
}
