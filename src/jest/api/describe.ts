import * as path from '../../node/path';
import { PACKAGE_FOLDER } from '../../util/package-folder';
import { type MarkerName, type Markers, mergeMarkers, NO_MARKERS } from '../file/markers';
import type { HostFunction, SandboxFunction } from '../file/realm';
import type { TestFile } from '../file/test-file';
import { siteOf } from './fixture';
import { addLazily } from './lazy-members';
import { markHere } from './mark';
import { isBare, isTestCall, MARKER_NAMES, markersIn, readMarker } from './marker-arguments';
import { hasOptions, readDescribeOptions } from './test-options';

/** Jest's `describe`, `describe.only` or `describe.skip`. */
interface JestDescribe extends SandboxFunction {
  readonly each: SandboxFunction;
  readonly only?: JestDescribe;
  readonly skip?: JestDescribe;
}

/** The own `describe`: Jest's, which may have options and markers. */
export function makeDescribe(testFile: TestFile, own: SandboxFunction): SandboxFunction {
  return makeForm(testFile, { own: own as JestDescribe, markers: NO_MARKERS });
}

interface Form {
  readonly own: JestDescribe;
  readonly markers: Markers;
}

function makeForm(testFile: TestFile, form: Form, call = callOf(testFile, form, form.own)): SandboxFunction {
  const describe = testFile.realm.wrap(call, 'describe');
  addLazily(describe, members(testFile, form));
  return describe;
}

function members(testFile: TestFile, form: Form): Record<string, () => unknown> {
  const { wrap } = testFile.realm;
  const { each, only, skip } = form.own;
  const found: Record<string, () => unknown> = {
    each: () => wrap(table => wrap(callOf(testFile, form, each(...table) as SandboxFunction))),
  };
  if (only !== undefined) found.only = () => makeForm(testFile, { ...form, own: only });
  if (skip !== undefined) found.skip = () => makeForm(testFile, { ...form, own: skip });
  for (const name of MARKER_NAMES) found[name] = () => markerOf(testFile, form, name);
  return found;
}

/** `describe.loopScope`, to be called with its argument; `describe.loop`, which may be called as `describe` too. */
function markerOf(testFile: TestFile, form: Form, name: MarkerName): SandboxFunction {
  const more = (markers: Markers | undefined): Form => ({
    ...form,
    markers: mergeMarkers(form.markers, markers),
  });
  const withArguments: HostFunction = (args, outer) =>
    makeForm(testFile, more(readMarker(testFile, 'describe', name, args, outer)));
  if (!isBare(name)) return testFile.realm.wrap(withArguments, name);
  const bare = more(markersIn({ [name]: true }));
  const asDescribe = callOf(testFile, bare, bare.own);
  return makeForm(testFile, bare, (args, outer) =>
    (isTestCall(args) ? asDescribe : withArguments)(args, outer),
  );
}

/** `(name, fn)` or `(name, options, fn)`; what does not fit goes to Jest, which says so. */
function callOf(testFile: TestFile, { markers }: Form, declare: SandboxFunction): HostFunction {
  return (args, outer) => {
    const [name, second, third] = args;
    let fn = second;
    let said = markers;
    if (hasOptions(args)) {
      const site = () => siteOf(testFile, outer);
      const options = readDescribeOptions(testFile, name, second as Record<string, unknown>, site);
      fn = third;
      said = mergeMarkers(markers, markersIn(options));
    }
    try {
      return declare(name, marked(testFile, said, fn));
    } catch (error) {
      if (startsInside(error)) testFile.realm.Error.captureStackTrace(error as Error, outer);
      throw error;
    }
  };
}

const OWN = PACKAGE_FOLDER + path.sep;

/** What Jest has against a call has the stack of who called Jest: that is us, and not the user. */
function startsInside(error: unknown): boolean {
  const { stack } = Object(error) as { stack?: unknown };
  const [first] = /^ +at .*$/m.exec(String(stack)) ?? [];
  return first?.includes(OWN) ?? false;
}

/** The function of a block, which says first what counts for its tests. */
function marked(testFile: TestFile, markers: Markers, fn: unknown): unknown {
  if (markers === NO_MARKERS || typeof fn !== 'function') return fn;
  return function (this: unknown, ...row: unknown[]): unknown {
    // A block inside of a running test is none: Jest refuses it when it has run its function.
    if (!testFile.state.hasStarted) markHere(testFile, markers);
    return fn.apply(this, row);
  };
}
