import { tupleTooLong } from '../../errors/fixtures/declaring';
import { invalidTestCall } from '../../errors/tests/calls';
import type { TestType } from '../../fixtures/declare/test-type';
import type { AnyFunction } from '../../parameters';
import { declare, type GivenDeclaration, isClass, readArguments } from '../collect/declare';
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

/**
 * An object with one of these makes an array `[value, options]` a pair. Options that only Playwright or Vitest have
 * count as well, so that the error names them.
 */
const PAIR_OPTIONS = [
  'scope',
  'auto',
  'params',
  'ids',
  'timeout',
  'loopScope',
  'deps',
  'option',
  'box',
  'title',
  'injected',
];

function isPair(entry: unknown): entry is [unknown, Record<string, unknown>] {
  if (!Array.isArray(entry) || entry.length !== 2) return false;
  const [value, options]: unknown[] = entry;
  if (!isPlainObject(options)) return false;
  return isFunction(value) || hasPairOption(options);
}

/** A pair with more behind it: only with a function and known options is it surely none of the lists that are values. */
function isLongPair(entry: unknown): entry is readonly unknown[] {
  if (!Array.isArray(entry) || entry.length <= 2) return false;
  const [value, options]: unknown[] = entry;
  return isFunction(value) && isPlainObject(options) && hasPairOption(options);
}

const isFunction = (value: unknown): boolean => typeof value === 'function' && !isClass(value as AnyFunction);

const hasPairOption = (options: object): boolean => PAIR_OPTIONS.some(option => option in options);

/** An object literal of any realm. */
function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
