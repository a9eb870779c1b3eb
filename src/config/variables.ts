import { parse } from '../node/json';

/** An environment variable that sets an option. */
export interface Variable {
  readonly variable: string;
  readonly option: string;
  /** Converts the text; the option's check refuses invalid values. */
  readonly read: (text: string) => unknown;
}

const text = (value: string): unknown => value;
const number = (value: string): unknown => (Number.isNaN(Number(value)) ? value : Number(value));
const boolean = (value: string): unknown => ({ 1: true, true: true, 0: false, false: false })[value] ?? value;
const json = (value: string): unknown => {
  try {
    return parse(value);
  } catch {
    return boolean(value);
  }
};

/** A name, or `[name, options]` as JSON. */
const backend = (value: string): unknown => (value.startsWith('[') ? json(value) : value);

const PREFIX = 'JEST_LOOP_';

/** Variables that the processes of a run use among themselves. */
const INTERNAL: ReadonlySet<string> = new Set(
  [
    'RUN',
    'LATE_RECORD',
    'COMPILE_CACHE',
    'EVENTS',
    'STREAM',
    'FIXTURES',
    'SETUP_SHOW',
    'SETUP_PLAN',
    'DURATIONS',
    'TIMELINE',
  ].map(name => PREFIX + name),
);

/** Flags of one run, which are no options. */
const OF_RUN: ReadonlySet<string> = new Set(['SEED', 'RACES'].map(name => PREFIX + name));

/** The variables with our prefix, without those that processes use among themselves. Empty ones do not count. */
export function ownVariables(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(env).filter(
    name => name.startsWith(PREFIX) && !INTERNAL.has(name) && env[name] !== '' && env[name] !== undefined,
  );
}

/** The first of these that nothing reads: usually a typo. */
export function unknownVariable(own: readonly string[]): string | undefined {
  return own.find(name => !OF_RUN.has(name) && !VARIABLES.some(({ variable }) => variable === name));
}

/** All options; those of a backend and `loopFactories`, by the paths of modules, as JSON. */
export const VARIABLES: readonly Variable[] = [
  { variable: 'JEST_LOOP_MODE', option: 'mode', read: text },
  { variable: 'JEST_LOOP_LOOP_SCOPE', option: 'loopScope', read: text },
  { variable: 'JEST_LOOP_FIXTURE_LOOP_SCOPE', option: 'fixtureLoopScope', read: text },
  { variable: 'JEST_LOOP_DEFAULT_ASYNC_TIMEOUT', option: 'defaultAsyncTimeout', read: number },
  { variable: 'JEST_LOOP_DEBUG', option: 'debug', read: boolean },
  { variable: 'JEST_LOOP_THREAD_POOL_SIZE', option: 'threadPoolSize', read: number },
  { variable: 'JEST_LOOP_BACKEND', option: 'backend', read: backend },
  { variable: 'JEST_LOOP_LOOP_FACTORIES', option: 'loopFactories', read: json },
  { variable: 'JEST_LOOP_CATCH_LOOP_EXCEPTIONS', option: 'catchLoopExceptions', read: boolean },
  { variable: 'JEST_LOOP_FORBID_GET_EVENT_LOOP', option: 'forbidGetEventLoop', read: json },
  { variable: 'JEST_LOOP_LEFTOVERS', option: 'leftovers', read: text },
  { variable: 'JEST_LOOP_SETUP', option: 'setup', read: text },
  { variable: 'JEST_LOOP_AUTOUSE', option: 'autouse', read: boolean },
];
