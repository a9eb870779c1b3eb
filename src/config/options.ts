import type { Problem } from '../errors/problem';
import { invalidOption, invalidOptions, optionBesideLoop } from '../errors/project/config';
import { SCOPES, type ScopeName } from '../fixtures/declare/scopes';
import { choiceOf, type GivenBackend } from '../loop/backend-of';
import * as json from '../node/json';
import { type RunVariables, readRunVariables } from './run-variables';
import { ownVariables, unknownVariable, VARIABLES } from './variables';

/** `testEnvironmentOptions.loop`, overridden by docblock and environment variables. */
export interface ProjectOptions extends RunVariables {
  /** `auto`: every test is managed; `strict`: only those that use something of this package. @default 'auto' */
  readonly mode: 'auto' | 'strict';
  /** @default 'sequential' */
  readonly setup: 'parallel' | 'sequential';
  /** The default time limit in ms. @default Jest's `testTimeout` */
  readonly defaultAsyncTimeout?: number;
  readonly loopScope?: ScopeName;
  readonly fixtureLoopScope?: ScopeName;
  readonly debug?: boolean;
  readonly threadPoolSize?: number;
  /** What drives the time of tests: a name, or `[name, options]`. @default 'node' */
  readonly backend?: GivenBackend;
  /** Where that was given. */
  readonly backendSource?: string;
  /** The backend comes from the command line: it wins over the fixture `loopBackend`. */
  readonly backendWins?: boolean;
  /** Further backends by name: functions that make Loops, or paths of modules that export one. */
  readonly loopFactories?: Readonly<Record<string, unknown>>;
  readonly catchLoopExceptions?: boolean;
  readonly forbidGetEventLoop?: boolean | { readonly timers?: boolean };
  readonly leftovers?: 'adopt' | 'cancel' | 'fail';
  readonly autouse?: boolean;
}

/** The expectation, in words, and the check of one option. */
export type Check = readonly [expected: string, holds: (value: unknown) => boolean];

const oneOf = (...values: readonly string[]): Check => [
  `one of ${values.map(value => `"${value}"`).join(', ')}`,
  value => typeof value === 'string' && values.includes(value),
];
const BOOLEAN: Check = ['true or false', value => typeof value === 'boolean'];
const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isForbidden = (value: unknown): boolean =>
  isObject(value) &&
  Object.entries(value as object).every(([key, on]) => key === 'timers' && typeof on === 'boolean');

const isFactories = (entries: readonly (readonly [string, unknown])[]): boolean =>
  entries.length > 0 &&
  entries.every(
    ([name, factory]) =>
      name !== '' && (typeof factory === 'function' || (typeof factory === 'string' && factory !== '')),
  );

/** All options with their checks. */
export const CHECKS: Readonly<Record<string, Check>> = {
  mode: oneOf('auto', 'strict'),
  // The session's Loop lives in another process than tests.
  loopScope: oneOf(...SCOPES.filter(scope => scope !== 'session')),
  fixtureLoopScope: oneOf(...SCOPES),
  defaultAsyncTimeout: [
    'a number of milliseconds greater than 0, or Infinity',
    value => typeof value === 'number' && value > 0,
  ],
  debug: BOOLEAN,
  threadPoolSize: ['a whole number from 1', value => Number.isInteger(value) && (value as number) > 0],
  backend: ['the name of a backend or [name, options]', value => choiceOf(value) !== undefined],
  loopFactories: [
    'an object with at least one function, or path of a module that exports one, by name',
    value => isObject(value) && isFactories(Object.entries(value as object)),
  ],
  catchLoopExceptions: BOOLEAN,
  forbidGetEventLoop: [
    'true, false or { timers: true }',
    value => typeof value === 'boolean' || isForbidden(value),
  ],
  leftovers: oneOf('adopt', 'cancel', 'fail'),
  setup: oneOf('parallel', 'sequential'),
  autouse: BOOLEAN,
};

/** The names of all options. */
export const OPTION_NAMES = Object.keys(CHECKS);

/** Those that no other environment has. */
const ONLY_OURS: readonly string[] = [
  'defaultAsyncTimeout',
  'loopScope',
  'fixtureLoopScope',
  'threadPoolSize',
  'loopFactories',
  'catchLoopExceptions',
  'forbidGetEventLoop',
  'leftovers',
  'autouse',
];

/** Throws if an option of ours stands in `testEnvironmentOptions`, but not in its `loop`. */
export function refuseBesideLoop(environmentOptions: object, fail: (problem: Problem) => Error): void {
  for (const [option, got] of Object.entries(environmentOptions))
    if (ONLY_OURS.includes(option)) throw fail(optionBesideLoop(option, got));
}

/** The backend of `--races`. */
const CHAOS = 'chaos';

const DEFAULTS: ProjectOptions = { mode: 'auto', setup: 'sequential' };

/**
 * Reads the options of a test file: the project's, overridden by the docblock's `@jest-loop {…}`, and both by the
 * environment variables `JEST_LOOP_…`. Throws the first mistake, as an error made by `fail`.
 */
export function readOptions(
  project: unknown,
  docblock: string | readonly string[] | undefined,
  env: Readonly<Record<string, string | undefined>>,
  fail: (problem: Problem) => Error,
): ProjectOptions {
  const options: Record<string, unknown> = { ...DEFAULTS };
  const take = (source: string, given: Record<string, unknown>): void => {
    for (const [option, value] of Object.entries(given)) {
      const check = Object.hasOwn(CHECKS, option) ? CHECKS[option] : undefined;
      if (check === undefined) throw fail(invalidOption(source, option, undefined, value, OPTION_NAMES));
      if (value === undefined) continue;
      if (!check[1](value)) throw fail(invalidOption(source, option, check[0], value, OPTION_NAMES));
      options[option] = value;
      if (option === 'backend') options.backendSource = sourceOfBackend(source);
    }
  };
  if (project !== undefined) {
    const source = 'testEnvironmentOptions.loop';
    if (!isObject(project)) throw fail(invalidOptions(source, project));
    take(source, project as Record<string, unknown>);
  }
  const pragmas = docblock === undefined ? [] : typeof docblock === 'string' ? [docblock] : docblock;
  for (const text of pragmas) take('the docblock @jest-loop', parse(text, fail));
  const own = ownVariables(env);
  // Most projects set none, and each look into the environment takes its time.
  if (own.length === 0) return options as unknown as ProjectOptions;
  for (const { variable, option, read } of VARIABLES) {
    const text = env[variable];
    if (text !== undefined && text !== '')
      take(`the environment variable ${variable}`, { [option]: read(text) });
  }
  const unknown = unknownVariable(own);
  if (unknown !== undefined) {
    const known = VARIABLES.map(({ variable }) => variable);
    throw fail(invalidOption('the environment variables', unknown, undefined, env[unknown], known));
  }
  const run = readRunVariables(env, fail);
  if (run.races !== undefined && choiceOf(options.backend)?.name !== CHAOS) options.backend = CHAOS;
  if (run.races !== undefined || env.JEST_LOOP_BACKEND) options.backendWins = true;
  return Object.assign(options as unknown as ProjectOptions, run);
}

function sourceOfBackend(source: string): string {
  return source.includes('JEST_LOOP_')
    ? `${source}, which --loop-backend sets`
    : `option "backend" of ${source}`;
}

function parse(text: string, fail: (problem: Problem) => Error): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = json.parse(text);
  } catch {
    const why = 'It is not JSON: names and strings need double quotes.';
    throw fail(invalidOptions('the docblock @jest-loop', text, why));
  }
  if (!isObject(parsed)) throw fail(invalidOptions('the docblock @jest-loop', parsed));
  return parsed as Record<string, unknown>;
}
