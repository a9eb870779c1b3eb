import { unreadableParameters } from '../../errors/parameters';
import type { Problem } from '../../errors/problem';
import type { Asker } from '../../errors/site';
import { generatorTest } from '../../errors/tests';
import { ALL_TESTS } from '../../fixtures/declare/test-type';
import { type AskedName, isAsyncGeneratorFunction, readParameters } from '../../parameters';
import { type DescribeBlock, type Event, fullNameOf, type State, type TestEntry } from '../file/circus';
import { NO_MARKERS } from '../file/markers';
import type { Callee, Registration, UserFn } from '../file/registered';
import type { TestFile } from '../file/test-file';
import { siteOfError } from '../report/sites';

/** What a function asks for, at the parameter after its row. `asks` is undefined where it asks for nothing. */
export interface Read {
  readonly asks: readonly AskedName[] | undefined;
  /** The parameter has a default, `({ a } = {}) =>`: it asks only for what the project declares. */
  readonly lenient: boolean;
  readonly problem: Problem | undefined;
}

const NOTHING: Read = { asks: undefined, lenient: false, problem: undefined };

/**
 * Reads what a test or hook asks for. Only what is certainly meant as fixtures counts: a plain identifier is
 * Jest's `done`, a bound function or rest parameters are Jest's business.
 */
export function readAsks(fn: UserFn, index: number, asker: () => Asker): Read {
  // What a mock function forwards to is its own affair.
  if ((fn as { _isMockFunction?: unknown })._isMockFunction === true) return NOTHING;
  const found = readParameters(fn, index);
  const lenient = fn.length <= index;
  switch (found.kind) {
    case 'none':
    case 'identifier':
    case 'pattern':
      break;
    case 'names':
      return { asks: found.names, lenient, problem: asyncGenerator(fn, asker) };
    case 'rest':
      if (found.text.startsWith('...')) break;
      if (lenient) return { asks: found.names, lenient, problem: undefined };
      return { asks: [], lenient: false, problem: unreadableParameters(asker(), found) };
    case 'computed':
      if (lenient) return { asks: found.names, lenient, problem: undefined };
      return { asks: [], lenient: false, problem: unreadableParameters(asker(), found) };
    case 'gone':
      if (found.reason !== 'shell' && (found.reason !== 'lowered' || lenient)) break;
      return { asks: [], lenient: false, problem: unreadableParameters(asker(), found) };
  }
  return NOTHING;
}

function asyncGenerator(fn: UserFn, asker: () => Asker): Problem | undefined {
  return isAsyncGeneratorFunction(fn) ? generatorTest(asker()) : undefined;
}

/** Jest's `add_test`: notes what the test asks for. Nothing of Jest's is changed yet. */
export function testAdded(testFile: TestFile, event: Event & { name: 'add_test' }, state: State): void {
  const { registering } = testFile;
  if (registering?.limit !== undefined) testFile.realm.Error.stackTraceLimit = registering.limit;
  const entry = state.currentDescribeBlock.children.at(-1);
  // Not registered: nested in a running test, or too late. Jest says so.
  if (entry === undefined || entry.type !== 'test' || entry.fn !== event.fn || entry.mode === 'todo') return;
  if (registering === undefined) {
    noteTest(testFile, entry, { fn: event.fn, row: [], takesDone: event.fn.length > 0 });
    return;
  }
  placeAt(testFile, entry.asyncError, registering, entry.failing);
  const { each } = registering;
  if (each === undefined) {
    noteTest(testFile, entry, { fn: event.fn, row: [], takesDone: event.fn.length > 0 });
    return;
  }
  const row = rowOf(event.fn);
  // A table that Jest refuses registers a test which throws: left as it is.
  if (row === undefined) return;
  const callee: Callee = { fn: each.fn, row, takesDone: each.takesDone && row.length < each.fn.length };
  if (noteTest(testFile, entry, callee)) return;
  entry.fn = plainRow(callee);
  if (callee.takesDone) testFile.rows.set(entry.fn, callee);
}

/** The place is the user's call; Jest has looked for it above its own function, and found ours. */
function placeAt(testFile: TestFile, error: Error, { outer, place }: Registration, failing: boolean): void {
  const { Error: SandboxError } = testFile.realm;
  if (!failing) {
    SandboxError.captureStackTrace(error, outer);
    return;
  }
  // Jest gives this error a message when a failing test passes. A stack that has been read by then would not
  // have it, so the stack of such a test is put together when it is read.
  const at = place ?? new SandboxError();
  if (place === undefined) SandboxError.captureStackTrace(at, outer);
  Object.defineProperty(error, 'stack', {
    configurable: true,
    get: () => `Error: ${error.message}\n${String(at.stack).replace(/^[^\n]*\n/, '')}`,
  });
}

/** What jest-each would have made of the user's function. */
export function plainRow({ fn, row, takesDone }: Callee): UserFn {
  return takesDone ? (done: unknown) => fn(...row, done) : () => fn(...row);
}

/** The stand-in that `.each` hands to Jest: it gives back the row that it is called with. */
export function rowProbe(): (...row: unknown[]) => unknown {
  // No declared parameters: jest-each would take one beyond the row for `done`.
  return (...row) => new Row(row);
}

class Row {
  constructor(readonly values: readonly unknown[]) {}
}

function rowOf(fn: UserFn): readonly unknown[] | undefined {
  try {
    const row = fn();
    return row instanceof Row ? row.values : undefined;
  } catch {
    return undefined;
  }
}

/** Gives whether the test is for us. */
function noteTest(testFile: TestFile, entry: TestEntry, callee: Callee): boolean {
  const { registering } = testFile;
  const asker = (): Asker => ({
    label: `test "${fullNameOf(entry)}"`,
    site: siteOfError(entry.asyncError, testFile.rootDir),
  });
  const read = readAsks(callee.fn, callee.row.length, asker);
  const testType = registering?.testType ?? ALL_TESTS;
  const options = registering?.options;
  const markers = registering?.markers;
  if (read.asks === undefined && options === undefined && markers === undefined && testType === ALL_TESTS)
    return false;
  testFile.tests.set(entry, {
    callee: read.asks === undefined ? callee : { ...callee, takesDone: false },
    asks: read.asks,
    lenient: read.lenient,
    testType,
    options: options ?? {},
    markers: markers ?? NO_MARKERS,
    problem: read.problem,
  });
  return true;
}

/** Jest's `add_hook`: notes what the hook asks for. */
export function hookAdded(testFile: TestFile, event: Event & { name: 'add_hook' }, state: State): void {
  const hook = state.currentDescribeBlock.hooks.at(-1);
  if (hook === undefined || hook.fn !== event.fn) return;
  const { registering } = testFile;
  if (registering !== undefined) placeAt(testFile, hook.asyncError, registering, false);
  const asker = (): Asker => ({
    label: `${hook.type} hook`,
    site: siteOfError(hook.asyncError, testFile.rootDir),
  });
  const read = readAsks(event.fn, 0, asker);
  if (read.asks === undefined) return;
  testFile.hooks.set(hook, {
    fn: event.fn,
    asks: read.asks,
    lenient: read.lenient,
    testType: registering?.testType ?? ALL_TESTS,
    problem: read.problem,
  });
}

/** All describe blocks of a file, outermost first. */
export function* describeBlocks(block: DescribeBlock): Generator<DescribeBlock> {
  yield block;
  for (const child of block.children) if (child.type === 'describeBlock') yield* describeBlocks(child);
}
