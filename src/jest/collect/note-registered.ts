import type { Problem } from '../../errors/problem';
import type { NamedRequester } from '../../errors/site';
import { generatorTest, invalidLimit } from '../../errors/tests/calls';
import { ALL_TESTS } from '../../fixtures/declare/test-type';
import { isAsyncGeneratorFunction } from '../../parameters';
import { type Event, fullNameOf, type State, type TestEntry } from '../file/circus';
import { NO_MARKERS } from '../file/markers';
import type { Callee, Registration, UserFn } from '../file/registered';
import type { TestFile } from '../file/test-file';
import { siteOfError } from '../report/sites';
import { readRequested } from './read-requested';
import { plainRow, rowOf } from './rows';

/*
 * Notes what tests and hooks request as Jest registers them. Jest's entries change only in their place, and rows of
 * `.each` that jest-loop leaves alone get back the function that jest-each would have made.
 */

/** Jest's `add_test`. */
export function testAdded(testFile: TestFile, event: Event & { name: 'add_test' }, state: State): void {
  const { registering } = testFile;
  if (registering?.limit !== undefined) testFile.realm.Error.stackTraceLimit = registering.limit;
  const entry = state.currentDescribeBlock.children.at(-1);
  // Jest refuses it, nested in a running test or too late.
  if (entry === undefined || entry.type !== 'test' || entry.fn !== event.fn || entry.mode === 'todo') return;
  if (registering === undefined) {
    noteTest(testFile, entry, { fn: event.fn, row: [], takesDone: event.fn.length > 0 });
    return;
  }
  const { each, outer } = registering;
  const row = each && rowOf(event.fn);
  // A test for a table that Jest refuses has the place of the call, as in Jest.
  const place = each && row === undefined ? undefined : registering.place;
  if (entry.failing || place === undefined)
    placeAt(testFile, entry.asyncError, { outer, place }, entry.failing);
  // Other handlers of the event see the same error.
  else event.asyncError = entry.asyncError = place;
  if (each === undefined) {
    noteTest(testFile, entry, { fn: event.fn, row: [], takesDone: event.fn.length > 0 });
    return;
  }
  // For a table that it refuses, Jest registers a test which throws: it stays.
  if (row === undefined) return;
  const callee: Callee = { fn: each.fn, row, takesDone: each.takesDone && row.length < each.fn.length };
  if (noteTest(testFile, entry, callee)) return;
  entry.fn = plainRow(callee);
  if (callee.takesDone || testFile.declarations.length > 0) testFile.rows.set(entry.fn, callee);
}

/** Jest's `add_hook`. */
export function hookAdded(testFile: TestFile, event: Event & { name: 'add_hook' }, state: State): void {
  const hook = state.currentDescribeBlock.hooks.at(-1);
  if (hook === undefined || hook.fn !== event.fn) return;
  const { registering } = testFile;
  if (registering !== undefined) placeAt(testFile, hook.asyncError, registering, false);
  const requester = (): NamedRequester => ({
    label: `${hook.type} hook`,
    site: siteOfError(hook.asyncError, testFile.rootDir),
  });
  const {
    requested,
    lenient,
    problem = ownGenerator(registering, event.fn, requester),
  } = readRequested(event.fn, 0, requester);
  if (requested === undefined && problem === undefined) return;
  const testType = registering?.testType ?? ALL_TESTS;
  testFile.hooks.set(hook, {
    fn: event.fn,
    requested: requested ?? [],
    lenient,
    testType,
    problem: problem ?? (lenient ? undefined : refuseLimit(hook.timeout, requester)),
  });
}

/** `test.beforeEach(async function* …)`: Jest calls such a hook and runs nothing of it. Its own hooks stay as they are. */
function ownGenerator(
  registering: Registration | undefined,
  fn: UserFn,
  requester: () => NamedRequester,
): Problem | undefined {
  return registering !== undefined && isAsyncGeneratorFunction(fn) ? generatorTest(requester()) : undefined;
}

/** Moves a test to the user's call: Jest looks above its own function and finds ours. */
function placeAt(
  testFile: TestFile,
  error: Error,
  { outer, place }: Pick<Registration, 'outer' | 'place'>,
  failing: boolean,
): void {
  const { Error: SandboxError, captureStackTrace } = testFile.realm;
  if (!failing) {
    captureStackTrace(error, outer);
    return;
  }
  // Jest sets the message of this error when a failing test passes. A stack read before that would lack the
  // message, so it is put together on read.
  const at = place ?? new SandboxError();
  if (place === undefined) captureStackTrace(at, outer);
  Object.defineProperty(error, 'stack', {
    configurable: true,
    get: () => `Error: ${error.message}\n${String(at.stack).replace(/^[^\n]*\n/, '')}`,
  });
}

/** Returns whether the test is for us. */
function noteTest(testFile: TestFile, entry: TestEntry, callee: Callee): boolean {
  const { registering } = testFile;
  const requester = (): NamedRequester => ({
    label: `test "${fullNameOf(entry)}"`,
    site: siteOfError(entry.asyncError, testFile.rootDir),
  });
  const { requested, lenient, problem } = readRequested(callee.fn, callee.row.length, requester);
  const testType = registering?.testType ?? ALL_TESTS;
  const options = registering?.options;
  const markers = registering?.markers;
  const uses = requested !== undefined || options !== undefined || markers !== undefined;
  if (!uses && testType === ALL_TESTS) return false;
  testFile.tests.set(entry, {
    callee: requested === undefined ? callee : { ...callee, takesDone: false },
    requested,
    lenient,
    testType,
    options: options ?? {},
    markers: markers ?? NO_MARKERS,
    problem: problem ?? (uses && !lenient ? refuseLimit(entry.timeout, requester) : undefined),
  });
  return true;
}

/** Jest takes any value, and lets what is no number expire at once. */
function refuseLimit(given: unknown, requester: () => NamedRequester): Problem | undefined {
  if (given === undefined || (typeof given === 'number' && given > 0)) return undefined;
  return invalidLimit(requester(), given);
}
