import { fixturesOfBlock } from '../../errors/tests/calls';
import * as path from '../../node/path';
import { readParameters } from '../../parameters';
import { PACKAGE_FOLDER } from '../../util/package-folder';
import { type Markers, mergeMarkers, NO_MARKERS } from '../file/markers';
import type { HostFunction, SandboxFunction } from '../file/realm';
import { trimStack, usersFrames } from '../file/stacks';
import type { TestFile } from '../file/test-file';
import { siteOf } from './call-site';
import { addLazily } from './lazy-members';
import { markHere } from './mark';
import { MARKER_NAMES, markersIn } from './marker-arguments';
import { markerMember } from './marker-member';
import { hasOptions, readDescribeOptions } from './test-options';

/** Jest's `describe`, `describe.only` or `describe.skip`. */
interface JestDescribe extends SandboxFunction {
  readonly each: SandboxFunction;
  readonly only?: JestDescribe;
  readonly skip?: JestDescribe;
}

/** Makes `describe`: Jest's, with options and markers. */
export function makeDescribe(testFile: TestFile, jestDescribe: SandboxFunction): SandboxFunction {
  return makeForm(testFile, { jest: jestDescribe as JestDescribe, markers: NO_MARKERS });
}

interface Form {
  readonly jest: JestDescribe;
  readonly markers: Markers;
}

function makeForm(testFile: TestFile, form: Form, call = callOf(testFile, form, form.jest)): SandboxFunction {
  const describe = testFile.realm.wrap(call, 'describe');
  addLazily(describe, members(testFile, form));
  return describe;
}

function members(testFile: TestFile, form: Form): Record<string, () => unknown> {
  const { wrap } = testFile.realm;
  const { each, only, skip } = form.jest;
  const found: Record<string, () => unknown> = {
    each: () => wrap(table => wrap(callOf(testFile, form, each(...table) as SandboxFunction))),
  };
  if (only !== undefined) found.only = () => makeForm(testFile, { ...form, jest: only });
  if (skip !== undefined) found.skip = () => makeForm(testFile, { ...form, jest: skip });
  for (const name of MARKER_NAMES)
    found[name] = () =>
      markerMember(testFile, name, {
        owner: 'describe',
        form,
        make: (next, call) => makeForm(testFile, next, call),
        callOf: next => callOf(testFile, next, next.jest),
      });
  return found;
}

/** Takes `(name, fn)` or `(name, options, fn)`. Anything else goes to Jest, whose error explains. */
function callOf(testFile: TestFile, { markers }: Form, declare: SandboxFunction): HostFunction {
  return (args, outer) => {
    const [name, second, third] = args;
    let fn = second;
    let all = markers;
    if (hasOptions(args)) {
      const site = () => siteOf(testFile, outer);
      const options = readDescribeOptions(testFile, name, second as Record<string, unknown>, site);
      fn = third;
      all = mergeMarkers(markers, markersIn(options, site));
    }
    try {
      return declare(name, marked(testFile, all, withoutFixtures(testFile, name, fn, outer)));
    } catch (error) {
      // What is left is where the table of `each` stands; a short stack may have no such frame.
      if (startsInPackage(error) && !(trimStack(error) && usersFrames((error as Error).stack) !== ''))
        testFile.realm.captureStackTrace(error as Error, outer);
      throw error;
    }
  };
}

const PACKAGE = PACKAGE_FOLDER + path.sep;

/** Jest's error about a call shows Jest's caller: us instead of the user. */
function startsInPackage(error: unknown): boolean {
  const { stack } = Object(error) as { stack?: unknown };
  const [first] = /^ +at .*$/m.exec(String(stack)) ?? [];
  return first?.includes(PACKAGE) ?? false;
}

/** The function of a describe block; where it seems to request fixtures, one that says that it gets none. */
function withoutFixtures(testFile: TestFile, name: unknown, fn: unknown, outer: SandboxFunction): unknown {
  if (typeof fn !== 'function' || fn.length === 0) return fn;
  if (readParameters(fn, fn.length - 1).kind !== 'names') return fn;
  const site = siteOf(testFile, outer);
  return function (this: unknown, ...row: unknown[]): unknown {
    const found = fn.length > row.length ? readParameters(fn, row.length) : undefined;
    if (found?.kind !== 'names') return fn.apply(this, row);
    const names = found.names.map(each => each.name);
    throw testFile.makeError(fixturesOfBlock(String(name), names, site));
  };
}

/** The function of a describe block, which first adds the block's markers. */
function marked(testFile: TestFile, markers: Markers, fn: unknown): unknown {
  if (markers === NO_MARKERS || typeof fn !== 'function') return fn;
  return function (this: unknown, ...row: unknown[]): unknown {
    // Jest calls the function of a block nested in a running test before it refuses the block.
    if (!testFile.state.hasStarted) markHere(testFile, markers);
    return fn.apply(this, row);
  };
}
