import { tupleTooLong } from '../../errors/fixtures/declaring';
import { invalidTestCall } from '../../errors/tests/calls';
import type { TestType } from '../../fixtures/declare/test-type';
import { declare, type GivenDeclaration, readArguments } from '../collect/declare';
import { isLongPair, isPair } from '../collect/pairs';
import type { SandboxFunction } from '../file/realm';
import type { TestFile } from '../file/test-file';
import { siteOf } from './call-site';

/** `test.extend` and `test.override`: one fixture by name, or an object with several. */
export function declareFixtures(
  testFile: TestFile,
  call: string,
  args: readonly unknown[],
  testType: TestType | undefined,
  mustOverride: boolean,
  outer: SandboxFunction,
): void {
  const site = siteOf(testFile, outer);
  const namespace = testFile.currentNamespace();
  const [first] = args;
  if (typeof first === 'function' || Array.isArray(first)) {
    throw testFile.makeError(
      invalidTestCall(
        `Expected ${call} to be called with fixtures`,
        first,
        'name them, test.extend({ db: async ({}, use) => … }); to put two test functions together, call mergeTests(a, b).',
        site,
      ),
    );
  }
  if (typeof first !== 'object' || first === null) {
    const given = readArguments(testFile, call, args, site);
    declare(testFile, namespace, testType, { ...given, mustOverride }, site);
    return;
  }
  for (const [name, entry] of Object.entries(first)) {
    if (isLongPair(entry)) throw testFile.makeError(tupleTooLong(name, entry.length, site));
    declare(testFile, namespace, testType, { ...readEntry(name, entry), mustOverride }, site);
  }
}

/** An entry of the object form: a value, a function `(deps, use, request)`, or a pair of either with options. */
function readEntry(name: string, entry: unknown): Omit<GivenDeclaration, 'mustOverride'> {
  const pair = isPair(entry) ? entry : undefined;
  return { name, options: pair?.[1] ?? {}, value: pair === undefined ? entry : pair[0], form: 'use' };
}
