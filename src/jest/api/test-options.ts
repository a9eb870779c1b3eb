import type { Check } from '../../config/options';
import type { Site } from '../../errors/site';
import { invalidTestOption } from '../../errors/tests/calls';
import { sessionLoop } from '../../errors/tests/markers';
import { isOptionsObject } from '../../fixtures/declare/options';
import type { GivenMarkers } from '../file/markers';
import type { TestOptions } from '../file/registered';
import type { TestFile } from '../file/test-file';
import { MARKER_CHECKS } from './marker-arguments';

const { useFixtures, loopScope, ...markers } = MARKER_CHECKS;

const TEST_CHECKS: Readonly<Record<string, Check>> = {
  timeout: [
    'a number of milliseconds greater than 0, or Infinity',
    value => typeof value === 'number' && value > 0,
  ],
  overrides: ['an object: { name: value }', isOptionsObject],
  useFixtures,
  loopScope,
  setup: ['"parallel" or "sequential"', value => value === 'parallel' || value === 'sequential'],
  tags: [
    'an array of strings',
    value => Array.isArray(value) && value.every(item => typeof item === 'string'),
  ],
  loopFactories: [
    'an array with at least one name of a loop factory or backend',
    value =>
      Array.isArray(value) &&
      value.length > 0 &&
      value.every(item => typeof item === 'string' && item !== '') &&
      new Set(value).size === value.length,
  ],
  ...markers,
};

/** Whether a call is `(name, options, fn)`. */
export function hasOptions(args: readonly unknown[]): boolean {
  return typeof args[1] === 'object' && args[1] !== null && typeof args[2] === 'function';
}

/** Checks and returns the options between a test's name and its function. */
export function readTestOptions(
  testFile: TestFile,
  name: unknown,
  given: Record<string, unknown>,
  site: () => Site,
): TestOptions {
  check(testFile, 'test', name, TEST_CHECKS, given, site);
  return given as TestOptions;
}

/** Checks and returns the options between a describe block's name and its function. */
export function readDescribeOptions(
  testFile: TestFile,
  name: unknown,
  given: Record<string, unknown>,
  site: () => Site,
): GivenMarkers {
  check(testFile, 'describe block', name, MARKER_CHECKS, given, site);
  return given as GivenMarkers;
}

function check(
  testFile: TestFile,
  kind: 'test' | 'describe block',
  name: unknown,
  checks: Readonly<Record<string, Check>>,
  given: Record<string, unknown>,
  site: () => Site,
): void {
  for (const [option, value] of Object.entries(given)) {
    const known = Object.hasOwn(checks, option) ? checks[option] : undefined;
    if (known !== undefined && (value === undefined || known[1](value))) continue;
    const { makeError } = testFile;
    if (known === loopScope && value === 'session') {
      const subject = `Option "loopScope" of ${kind} "${String(name)}"`;
      throw makeError(sessionLoop(subject, 'ERR_TEST_OPTION', 'registered', site()));
    }
    throw makeError(
      invalidTestOption(String(name), option, known?.[0], value, Object.keys(checks), site(), kind),
    );
  }
}
