import { calledRequest } from '../../errors/fixtures/called-request';
import {
  declaredLate,
  invalidDeclaration,
  invalidFixtureOption,
  invalidName,
  optionsWithoutValue,
  pairWithName,
} from '../../errors/fixtures/declaring';
import { sharedScopeInTestFile } from '../../errors/fixtures/lookup';
import { unreadableParameters } from '../../errors/fixtures/parameters';
import type { Declared, Site } from '../../errors/site';
import type { Body, FixtureFunction, Namespace } from '../../fixtures/declare/declaration';
import { LOOP_BACKEND } from '../../fixtures/declare/loop-names';
import {
  areSurelyOptions,
  type GivenOptions,
  isOptionsObject,
  refuseOptions,
} from '../../fixtures/declare/options';
import { outlivesFile } from '../../fixtures/declare/scopes';
import type { TestType } from '../../fixtures/declare/test-type';
import { REQUEST } from '../../fixtures/resolve/resolved';
import { choiceOf } from '../../loop/backend-of';
import {
  callsParameter,
  isClass,
  isGeneratorFunction,
  type RequestedName,
  readParameters,
} from '../../parameters';
import type { GivenBackends } from '../file/markers';
import type { TestFile } from '../file/test-file';
import { isSurelyPair } from './pairs';

/** One declaration, as a call gives it. */
export interface GivenDeclaration {
  readonly name: unknown;
  readonly options: Record<string, unknown>;
  readonly value: unknown;
  /** `use`: a function of the object form, `(deps, use, request)`. */
  readonly form: 'request' | 'use';
  readonly mustOverride: boolean;
}

/** Reads `(name, value)` or `(name, options, value)`; options without a value are a mistake. */
export function readArguments(
  testFile: TestFile,
  call: string,
  args: readonly unknown[],
  site: Site,
): GivenDeclaration {
  const { makeError } = testFile;
  if (args.length < 2)
    throw makeError(invalidDeclaration(call, site, 'needs a name and a value or function.'));
  if (args.length === 2) {
    if (areSurelyOptions(args[1])) throw makeError(optionsWithoutValue(call, args[0], args[1], site));
    if (isSurelyPair(args[1])) throw makeError(pairWithName(call, args[0], args[1][1], site));
    return { name: args[0], options: {}, value: args[1], form: 'request', mustOverride: false };
  }
  if (!isOptionsObject(args[1])) {
    throw makeError(
      invalidDeclaration(call, site, 'takes an object with options as the second of three arguments.'),
    );
  }
  return { name: args[0], options: args[1], value: args[2], form: 'request', mustOverride: false };
}

/** Checks a declaration and adds it to a namespace. */
export function declare(
  testFile: TestFile,
  namespace: Namespace,
  testType: TestType | undefined,
  given: GivenDeclaration,
  site: Site,
): void {
  const { makeError } = testFile;
  const { name, options, value, mustOverride } = given;
  if (typeof name !== 'string' || name === '' || name === REQUEST) throw makeError(invalidName(name, site));
  if (testFile.state.hasStarted && namespace.kind !== 'test') throw makeError(declaredLate(name, site));
  const refusal = refuseOptions(options);
  if (refusal !== undefined) throw makeError(invalidFixtureOption({ name, site, mustOverride }, refusal));
  const checked = options as GivenOptions;
  if (checked.scope !== undefined && outlivesFile(checked.scope) && isInTestFile(namespace)) {
    throw makeError(sharedScopeInTestFile({ name, site, mustOverride }, checked.scope));
  }
  const body = bodyOf(name, value, given.form);
  if (body.kind === 'function' && callsParameter(body.fn, 1, 'use'))
    throw makeError(calledRequest({ name, site, mustOverride, namespace, testType }, 'use'));
  testFile.declare({
    id: testFile.nextId(),
    name,
    body,
    options: { ...checked },
    requested: requestedBy(testFile, { name, site, mustOverride }, body, checked),
    namespace,
    testType,
    site,
    mustOverride,
    origin: testFile.originOf(name),
  });
}

/** Declares a test's `overrides` in its namespace. */
export function declareOverrides(
  testFile: TestFile,
  namespace: Namespace,
  overrides: Readonly<Record<string, unknown>>,
  site: Site,
): void {
  for (const [name, value] of Object.entries(overrides)) {
    declare(
      testFile,
      namespace,
      undefined,
      { name, options: {}, value, form: 'request', mustOverride: true },
      site,
    );
  }
}

/** Declares the backends that a test or block names: its tests run once on each. */
export function declareBackends(
  testFile: TestFile,
  namespace: Namespace,
  { choices, site, mayBeMissing = false }: GivenBackends,
): void {
  const isOne = choices.length === 1 && !mayBeMissing;
  const body: Body = isOne
    ? { kind: 'value', value: choices[0] }
    : { kind: 'function', fn: (_, request) => (request as { param: unknown }).param };
  testFile.declare({
    id: testFile.nextId(),
    name: LOOP_BACKEND,
    body,
    options: {
      ...(namespace.kind === 'test' && { scope: 'test' }),
      ...(!isOne && { params: choices, ids: (each: unknown) => choiceOf(each)!.name }),
    },
    requested: [],
    namespace,
    testType: undefined,
    site,
    mustOverride: false,
    origin: testFile.originOf(LOOP_BACKEND),
  });
}

function isInTestFile({ kind }: Namespace): boolean {
  return kind === 'file' || kind === 'describe' || kind === 'test';
}

function bodyOf(name: string, value: unknown, form: GivenDeclaration['form']): Body {
  if (typeof value !== 'function' || isClass(value)) return { kind: 'value', value };
  if (name === 'aroundTest' && form === 'request' && goesAround(value as FixtureFunction)) {
    return { kind: 'value', value };
  }
  return { kind: form === 'use' ? 'use' : 'function', fn: value as FixtureFunction };
}

/** `run => …`: the function that wraps a test, not one that makes such a function. */
function goesAround(fn: FixtureFunction): boolean {
  return !isGeneratorFunction(fn) && readParameters(fn).kind === 'identifier';
}

function requestedBy(
  testFile: TestFile,
  { name, site, mustOverride }: Declared,
  body: Body,
  { deps }: GivenOptions,
): readonly RequestedName[] {
  if (body.kind !== 'function' && body.kind !== 'use') return [];
  if (deps !== undefined) return deps.map(each => ({ name: each, optional: false }));
  const found = readParameters(body.fn);
  if (found.kind === 'names') return found.names;
  // A plain identifier means no dependencies, whatever its name: `_ => …`.
  if (found.kind === 'none' || found.kind === 'identifier') return [];
  throw testFile.makeError(unreadableParameters({ label: `fixture "${name}"`, site }, found, mustOverride));
}
