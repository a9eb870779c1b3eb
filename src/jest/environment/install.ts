import { makeDescribe } from '../api/describe';
import { makeFixture } from '../api/fixture';
import { makeMark } from '../api/mark';
import { makeMergeTests } from '../api/merge-tests';
import { makeTest, PLAIN_TEST } from '../api/test';
import type { Globals } from '../file/circus';
import type { SandboxFunction } from '../file/realm';
import type { TestFile } from '../file/test-file';

/**
 * Puts the own functions in place of Jest's: in what `@jest/globals` hands out, and in the globals where the
 * project has them (`injectGlobals`).
 */
export function install(testFile: TestFile, runtimeGlobals: Globals, sandboxGlobals: Globals): void {
  testFile.jest = { ...runtimeGlobals };
  const test = makeTest(testFile, PLAIN_TEST);
  const forms = test as unknown as Record<string, SandboxFunction>;
  const describe = makeDescribe(testFile, runtimeGlobals.describe as SandboxFunction);
  const blocks = describe as unknown as Record<string, SandboxFunction>;
  const own: Globals = {
    test,
    it: test,
    describe,
    fixture: makeFixture(testFile),
    mark: makeMark(testFile),
  };
  const injected = sandboxGlobals.test === runtimeGlobals.test;
  testFile.api = { ...runtimeGlobals, ...own, mergeTests: makeMergeTests(testFile) };
  Object.assign(runtimeGlobals, own);
  for (const target of injected ? [runtimeGlobals, sandboxGlobals] : [runtimeGlobals]) {
    Object.assign(target, target === sandboxGlobals ? unlessTaken(own, sandboxGlobals) : own);
    defineLazily(target, 'fit', () => forms.only);
    defineLazily(target, 'xit', () => forms.skip);
    defineLazily(target, 'xtest', () => forms.skip);
    defineLazily(target, 'fdescribe', () => blocks.only);
    defineLazily(target, 'xdescribe', () => blocks.skip);
  }
}

/** A project may have globals of its own called `fixture` or `mark`: they stay, ours can be imported. */
function unlessTaken(own: Globals, globals: Globals): Globals {
  const taken = ['fixture', 'mark'].filter(name => globals[name] !== undefined);
  return Object.fromEntries(Object.entries(own).filter(([name]) => !taken.includes(name)));
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
