import type { Site } from '../errors/site';
import { invalidTestOption } from '../errors/tests';
import { isOptionsObject } from '../fixtures/options';
import { isScope, SCOPES } from '../fixtures/scopes';
import type { TestOptions } from './meta';
import type { Session } from './session';

const isNames = (value: unknown): boolean =>
  Array.isArray(value) && value.every(item => typeof item === 'string');

const CHECKS: Record<string, readonly [string, (value: unknown) => boolean]> = {
  timeout: [
    'a number of milliseconds greater than 0, or Infinity',
    value => typeof value === 'number' && value > 0,
  ],
  overrides: ['an object: { name: value }', isOptionsObject],
  useFixtures: ["an array of fixtures' names", isNames],
  loopScope: [`one of ${SCOPES.map(scope => `"${scope}"`).join(', ')}`, isScope],
  setup: ['"parallel" or "sequential"', value => value === 'parallel' || value === 'sequential'],
  tags: ['an array of strings', isNames],
};

/** Checks the options between a test's name and its function. */
export function readTestOptions(
  session: Session,
  name: unknown,
  given: Record<string, unknown>,
  site: () => Site,
): TestOptions {
  for (const [option, value] of Object.entries(given)) {
    const check = Object.hasOwn(CHECKS, option) ? CHECKS[option] : undefined;
    if (check !== undefined && (value === undefined || check[1](value))) continue;
    throw session.around.makeError(
      invalidTestOption(String(name), option, check?.[0], value, Object.keys(CHECKS), site()),
    );
  }
  return given as TestOptions;
}
