import type { Site } from '../../errors/site';
import { type Markers, mergeMarkers, NO_MARKERS } from '../file/markers';
import type { HostFunction, SandboxFunction } from '../file/realm';
import type { Registration, TestOptions } from '../file/registered';
import type { TestFile } from '../file/test-file';
import { select, type TestForm } from '../file/test-form';
import { siteOf } from './call-site';
import { markersIn } from './marker-arguments';
import { hasOptions, readTestOptions } from './test-options';

/** The arguments of a call as Jest takes them, with what we read from its options. */
export interface TestCall {
  readonly name: unknown;
  readonly fn: unknown;
  readonly timeout: unknown;
  readonly options: TestOptions | undefined;
  readonly markers: Markers | undefined;
}

/** Calling a `test` in this form. */
export function testCall(testFile: TestFile, form: TestForm): HostFunction {
  const jestTest = select(testFile, form);
  const { testType } = form;
  return (args, outer) => {
    const { name, fn, timeout, options, markers } = readCall(testFile, form, args, outer);
    registerTest(testFile, { testType, options, markers, outer }, () => jestTest(name, fn, timeout));
  };
}

/** `t.beforeEach` of an extended test: Jest's hook, which sees that test's fixtures. */
export function hookCall(testFile: TestFile, { testType }: TestForm, hook: string): HostFunction {
  return (args, outer) => {
    const jestHook = testFile.jest[hook] as SandboxFunction;
    const registration = { testType, options: undefined, markers: undefined, outer, each: undefined };
    register(testFile, registration, () => jestHook(...args));
  };
}

/** Reads `(name, fn, timeout)` or `(name, options, fn, timeout)`. Anything else goes to Jest, whose error explains. */
export function readCall(
  testFile: TestFile,
  form: TestForm,
  args: readonly unknown[],
  outer: SandboxFunction,
): TestCall {
  const [name, second, third, fourth] = args;
  const fromForm = form.markers === NO_MARKERS ? undefined : form.markers;
  if (!hasOptions(args)) {
    return { name, fn: second, timeout: third, options: undefined, markers: fromForm };
  }
  const site = (): Site => siteOf(testFile, outer);
  const options = readTestOptions(testFile, name, second as Record<string, unknown>, site);
  const fromOptions = markersIn(options, site);
  const markers = fromOptions === undefined ? fromForm : mergeMarkers(fromForm, fromOptions);
  return { name, fn: third, timeout: fourth ?? options.timeout, options, markers };
}

/** Calls Jest's function with a note about the test or hook that it is about to register. */
export function register(testFile: TestFile, registration: Registration, call: () => void): void {
  const before = testFile.registering;
  testFile.registering = registration;
  try {
    call();
  } finally {
    testFile.registering = before;
  }
}

/**
 * `register` for a single test. Jest captures two stacks here, the most expensive part of a registration, and neither
 * is useful: the test's place is where `outer` was called. It is captured here, where the stack is shallow.
 */
function registerTest(
  testFile: TestFile,
  { testType, options, markers, outer }: Pick<Registration, 'testType' | 'options' | 'markers' | 'outer'>,
  call: () => void,
): void {
  // Jest refuses the call, with an error that it makes right here.
  if (testFile.state.hasStarted) {
    register(testFile, { testType, options, markers, outer, each: undefined }, call);
    return;
  }
  const { Error: SandboxError, captureStackTrace } = testFile.realm;
  const limit = SandboxError.stackTraceLimit;
  SandboxError.stackTraceLimit = 0;
  try {
    const place = new SandboxError();
    SandboxError.stackTraceLimit = limit;
    captureStackTrace(place, outer);
    SandboxError.stackTraceLimit = 0;
    register(testFile, { testType, options, markers, outer, place, limit, each: undefined }, call);
    testFile.testRegistered?.(outer);
  } catch (error) {
    SandboxError.stackTraceLimit = limit;
    // Jest refuses the name or the function.
    captureStackTrace(error as Error, outer);
    throw error;
  } finally {
    SandboxError.stackTraceLimit = limit;
  }
}
