import { CHECKS, type Check } from '../config/options';
import { resolve } from '../node/path';

/** What a flag may be followed by. */
export type Value =
  /** Nothing; `=false` switches it off. */
  | { readonly kind: 'switch' }
  /** A value. */
  | { readonly kind: 'value'; readonly check: Check; readonly read: (text: string) => unknown }
  /** A value, if what follows `fits`: it might as well be one of Jest's patterns. */
  | {
      readonly kind: 'optional';
      readonly check: Check;
      readonly byDefault: string;
      readonly fits: (text: string) => boolean;
      readonly convert: (text: string, cwd: string) => string;
    }
  /** Any number of names. */
  | { readonly kind: 'names' };

/** A flag of this package. It sets an environment variable, which the processes of the run read. */
export interface Flag {
  /** Without the dashes. */
  readonly name: string;
  /** As in `--help`. */
  readonly placeholder?: string;
  readonly help: string;
  readonly variable: string;
  readonly value: Value;
  /** Reads the events of the run, which the runner records. */
  readonly readsEvents?: boolean;
}

const NUMBER = (text: string): unknown => (text.trim() === '' ? text : Number(text));
const TEXT = (text: string): unknown => text;
const option = (name: string, read: (text: string) => unknown): Value => ({
  kind: 'value',
  check: CHECKS[name]!,
  read,
});
const whole = (from: number): Check => [
  `a whole number from ${from}`,
  value => Number.isSafeInteger(value) && (value as number) >= from,
];

/** All flags but `--init` and `--help`, in the order of the help. */
export const FLAGS: readonly Flag[] = [
  {
    name: 'default-async-timeout',
    placeholder: '<ms>',
    help: 'Time limit of tests, hooks and fixtures without their own, in ms; Infinity for none.',
    variable: 'JEST_LOOP_DEFAULT_ASYNC_TIMEOUT',
    value: option('defaultAsyncTimeout', NUMBER),
  },
  {
    name: 'loop-debug',
    help: 'Debug mode for all Loops: where tasks and timers were created, what blocks, full stacks.',
    variable: 'JEST_LOOP_DEBUG',
    value: { kind: 'switch' },
  },
  {
    name: 'loop-scope',
    placeholder: '<scope>',
    help: 'The scope whose Loop tests run in: test, describe, file, directory or worker.',
    variable: 'JEST_LOOP_LOOP_SCOPE',
    value: option('loopScope', TEXT),
  },
  {
    name: 'loop-backend',
    placeholder: '<name>',
    help: 'The backend of Loops: node, virtual or chaos, or a name in the loopFactories of the project.',
    variable: 'JEST_LOOP_BACKEND',
    // Projects add backends of their own: each test file knows its names, and refuses others.
    value: {
      kind: 'value',
      check: ['the name of a backend', value => typeof value === 'string' && value.trim() !== ''],
      read: TEXT,
    },
  },
  {
    name: 'loop-pool-size',
    placeholder: '<n>',
    help: 'The number of threads of runInExecutor.',
    variable: 'JEST_LOOP_THREAD_POOL_SIZE',
    value: option('threadPoolSize', NUMBER),
  },
  {
    name: 'loop-seed',
    placeholder: '<n>',
    help: 'Seed for all random choices, to replay a run.',
    variable: 'JEST_LOOP_SEED',
    value: { kind: 'value', check: whole(0), read: NUMBER },
  },
  {
    name: 'races',
    placeholder: '<n>',
    help: 'Run each test up to n times, each time with another seed, until one fails.',
    variable: 'JEST_LOOP_RACES',
    value: { kind: 'value', check: whole(1), read: NUMBER },
  },
  {
    name: 'fixtures',
    placeholder: '[name…]',
    help: 'List the fixtures that tests can request, with -v in full; with names, only these, and the requesters of each. Runs no test.',
    variable: 'JEST_LOOP_FIXTURES',
    value: { kind: 'names' },
    readsEvents: true,
  },
  {
    name: 'setup-show',
    help: 'Show set-ups, tests and teardowns as they happen.',
    variable: 'JEST_LOOP_SETUP_SHOW',
    value: { kind: 'switch' },
    readsEvents: true,
  },
  {
    name: 'setup-plan',
    help: 'Show what would be set up and run. Runs no test.',
    variable: 'JEST_LOOP_SETUP_PLAN',
    value: { kind: 'switch' },
    readsEvents: true,
  },
  {
    name: 'durations',
    placeholder: '[n]',
    help: 'After the run, list the n most expensive fixtures (10).',
    variable: 'JEST_LOOP_DURATIONS',
    readsEvents: true,
    value: {
      kind: 'optional',
      check: whole(1),
      byDefault: '10',
      fits: text => /^\d+$/.test(text),
      convert: text => text,
    },
  },
  {
    name: 'timeline',
    placeholder: '[file]',
    help: 'Write a timeline of the run: a page (jest-loop-timeline.html) or, for a .json file, a trace.',
    variable: 'JEST_LOOP_TIMELINE',
    readsEvents: true,
    value: {
      kind: 'optional',
      check: ['the path of a file', value => value !== ''],
      byDefault: 'jest-loop-timeline.html',
      fits: text => /\.(html|json)$/i.test(text),
      convert: (text, cwd) => resolve(cwd, text),
    },
  },
];
