import { otherName } from '../../errors/tests/calls';
import { ALL_TESTS } from '../../fixtures/declare/test-type';
import { NO_MARKERS } from '../file/markers';
import type { SandboxFunction } from '../file/realm';
import type { TestFile } from '../file/test-file';
import type { TestForm } from '../file/test-form';
import { siteOf } from './call-site';
import { eachCall } from './each';
import { declareFixtures } from './extend';
import { addLazily } from './lazy-members';
import { MARKER_NAMES } from './marker-arguments';
import { markerMember } from './marker-member';
import { hookCall, testCall } from './register-test';

const HOOKS = ['beforeAll', 'beforeEach', 'afterEach', 'afterAll'];

/** The plain `test`. */
export const PLAIN_TEST: TestForm = {
  mode: undefined,
  concurrent: false,
  failing: false,
  markers: NO_MARKERS,
  testType: ALL_TESTS,
};

/** Makes `test` in one of its forms: `test.only`, `test.skip.failing`, an extended one … */
export function makeTest(
  testFile: TestFile,
  form: TestForm,
  call = testCall(testFile, form),
): SandboxFunction {
  const test = testFile.realm.wrap(call, 'test');
  testFile.testTypes.set(test, form.testType);
  addLazily(test, members(testFile, form));
  return test;
}

/** The members of a `test`, each made on first read. */
function members(testFile: TestFile, form: TestForm): Record<string, () => unknown> {
  const { wrap } = testFile.realm;
  const changed =
    (change: Partial<TestForm>): (() => unknown) =>
    () =>
      makeTest(testFile, { ...form, ...change });
  const found: Record<string, () => unknown> = {
    only: changed({ mode: 'only' }),
    skip: changed({ mode: 'skip' }),
    failing: changed({ failing: true }),
    concurrent: changed({ concurrent: true }),
    todo: () => (testFile.jest.test as Record<string, unknown>).todo,
    each: () => wrap(eachCall(testFile, form)),
    extend: () =>
      wrap((args, outer) => {
        const testType = testFile.testTypes.extend([form.testType], testFile.originOf('test.extend()'));
        declareFixtures(testFile, 'test.extend()', args, testType, false, outer);
        return makeTest(testFile, { ...form, testType });
      }),
    override: () =>
      wrap((args, outer) => {
        const testType = form.testType === ALL_TESTS ? undefined : form.testType;
        declareFixtures(testFile, 'test.override()', args, testType, true, outer);
        return makeTest(testFile, form);
      }),
    describe: () => testFile.api.describe,
    use: () => namedDifferently(testFile, 'use'),
    scoped: () => namedDifferently(testFile, 'scoped'),
  };
  for (const name of MARKER_NAMES)
    found[name] = () =>
      markerMember(testFile, name, {
        owner: 'test',
        form,
        make: (next, call) => makeTest(testFile, next, call),
        callOf: next => testCall(testFile, next),
      });
  for (const hook of HOOKS) found[hook] = () => wrap(hookCall(testFile, form, hook));
  return found;
}

/** Playwright's `test.use` and Vitest's `test.scoped`: the error gives our name for them. */
function namedDifferently(testFile: TestFile, name: string): SandboxFunction {
  return testFile.realm.wrap((_, outer) => {
    throw testFile.makeError(otherName(`test.${name}()`, siteOf(testFile, outer)));
  }, name);
}
