import { makeDescribe } from '../api/describe';
import { makeFixture } from '../api/fixture';
import { makeMark } from '../api/mark';
import { makeMergeTests } from '../api/merge-tests';
import { makeTest, PLAIN_TEST } from '../api/test';
import type { Globals } from '../file/circus';
import type { SandboxFunction } from '../file/realm';
import type { TestFile } from '../file/test-file';

/**
 * Replaces Jest's functions by ours: in the exports of `@jest/globals`, and in the globals if the project has them
 * there (`injectGlobals`).
 */
export function install(testFile: TestFile, runtimeGlobals: Globals, sandboxGlobals: Globals): void {
  testFile.jest = { ...runtimeGlobals };
  const test = makeTest(testFile, PLAIN_TEST);
  const describe = makeDescribe(testFile, runtimeGlobals.describe as SandboxFunction);
  const ours: Globals = {
    test,
    it: test,
    describe,
    fixture: makeFixture(testFile),
    mark: makeMark(testFile),
  };
  // When the tests are over, Jest looks at each global for mocks to clear: no form is made for that.
  const form = (all: SandboxFunction, name: string) => () =>
    testFile.finished ? all : (all as unknown as Record<string, SandboxFunction>)[name];
  const injected = sandboxGlobals.test === runtimeGlobals.test;
  testFile.api = { ...runtimeGlobals, ...ours, mergeTests: makeMergeTests(testFile) };
  Object.assign(runtimeGlobals, ours);
  for (const target of injected ? [runtimeGlobals, sandboxGlobals] : [runtimeGlobals]) {
    Object.assign(target, target === sandboxGlobals ? unlessTaken(ours, sandboxGlobals) : ours);
    defineLazily(target, 'fit', form(test, 'only'));
    defineLazily(target, 'xit', form(test, 'skip'));
    defineLazily(target, 'xtest', form(test, 'skip'));
    defineLazily(target, 'fdescribe', form(describe, 'only'));
    defineLazily(target, 'xdescribe', form(describe, 'skip'));
  }
}

/** A project's own globals called `fixture` or `mark` stay; ours can be imported. */
function unlessTaken(ours: Globals, globals: Globals): Globals {
  const taken = ['fixture', 'mark'].filter(name => globals[name] !== undefined);
  return Object.fromEntries(Object.entries(ours).filter(([name]) => !taken.includes(name)));
}

function defineLazily(target: Globals, name: string, get: () => unknown): void {
  Object.defineProperty(target, name, {
    configurable: true,
    enumerable: true,
    get,
    set: value =>
      Object.defineProperty(target, name, { value, configurable: true, enumerable: true, writable: true }),
  });
}
