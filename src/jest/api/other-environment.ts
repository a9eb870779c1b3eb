import { noEnvironment, setupInSetupFiles } from '../../errors/project/environment';
import type { Globals, TestFn } from '../file/circus';
import { OTHER_ENVIRONMENT } from './current-api';
import { currentTestPath, environmentOf, errorOf, jestGlobals, sandbox } from './other-environment-info';
import { refuseFixtures } from './other-environment-requests';

/*
 * A test file that another environment runs (a @jest-environment comment) with our setup file loaded. Its tests are
 * plain Jest, and declarations in setup files that it shares with others have no effect; but Jest would pass its `done`
 * to a test or hook that requests fixtures, so those fail with an error.
 */

/** The names of the markers, which are the methods of `mark`. */
const MARKERS = ['catchLoopExceptions', 'forbidGetEventLoop', 'loopScope', 'useFixtures', 'loop', 'backend'];
/** Exported as Jest has them. */
const HOOKS = ['beforeAll', 'beforeEach', 'afterEach', 'afterAll'];

// In `setupFiles` there is no test framework yet.
if (jestGlobals.expect === undefined) throw errorOf(setupInSetupFiles([], true));

/** Puts the stand-ins in place. Calling it again changes nothing. */
export function serveOtherEnvironment(): void {
  if (sandbox[OTHER_ENVIRONMENT] !== undefined) return;
  const chain: Globals = {};
  chain.fixture = inert('fixture', chain);
  const test = unavailable('test');
  const api: Globals = {
    fixture: chain.fixture,
    mark: Object.fromEntries(MARKERS.map(name => [name, inert('mark', undefined)])),
    test,
    it: test,
    describe: unavailable('describe'),
    mergeTests: inert('mergeTests', test),
    expect: jestGlobals.expect,
    jest: jestGlobals.jest,
  };
  for (const name of HOOKS) api[name] = jestGlobals[name];
  Object.defineProperty(sandbox, OTHER_ENVIRONMENT, { value: api, configurable: true });
  for (const name of ['fixture', 'mark']) sandbox[name] ??= api[name];
  refuseFixtures();
}

/** Does nothing in a setup file, which other test files share; throws in the test file itself. */
function inert(name: string, result: unknown): TestFn {
  return () => {
    if (isInTestFile()) throw errorOf(noEnvironment(name, environmentOf(currentTestPath())));
    return result;
  };
}

function isInTestFile(): boolean {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = Number.POSITIVE_INFINITY;
  const { stack } = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  const testPath = currentTestPath();
  return testPath !== undefined && stack!.includes(testPath);
}

/** A `test` or `describe` that a setup file may extend and export, and that throws when called. */
function unavailable(name: string): unknown {
  const call = (): never => {
    throw errorOf(noEnvironment(name, environmentOf(currentTestPath())));
  };
  const standIn: unknown = new Proxy(call, {
    get: (target, key) => {
      if (typeof key === 'symbol' || key in target) return Reflect.get(target, key);
      return key === 'extend' || key === 'override' ? inert(`${name}.${key}`, standIn) : standIn;
    },
  });
  return standIn;
}
