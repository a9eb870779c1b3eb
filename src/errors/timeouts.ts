import { layOut, type Problem } from './problem';
import { show } from './show';
import type { Asker, Declared } from './site';
import { asked, declared } from './words';

/** What a function was waiting for: a line, or a fixture that it asked for by `request.get`. */
export type Waiting = string | Declared;

/** A parameter that is Jest's `done` where fixtures were meant, with those that it seems to be asked for. */
export interface MeantAsFixtures {
  readonly parameter: string;
  readonly names: readonly string[];
}

/** What a function was waiting for, a line each. */
const waits = (waiting: readonly Waiting[]): string =>
  waiting.length === 0
    ? '  waiting for: a promise of other code (nothing of it is pending in its Loop)'
    : waiting
        .slice(0, 5)
        .map(each => `  waiting for: ${typeof each === 'string' ? each : gets(each)}`)
        .concat(waiting.length > 5 ? [`  and ${waiting.length - 5} more`] : [])
        .join('\n');

const gets = ({ name, site }: Declared): string =>
  `request.get("${name}"), the set-up of a fixture declared at ${site.at ?? '(built in)'}`;

/** A phase that took longer than its limit. */
export function fixtureTimeout(
  declaration: Declared,
  phase: 'set up' | 'tear down',
  ms: number,
  asker: Asker,
  waiting: readonly Waiting[],
): Problem {
  return {
    code: 'ERR_TIMEOUT',
    message: [
      `Fixture "${declaration.name}" took too long to ${phase}: ${declaration.site.at ?? '(built in)'} (timeout=${ms}ms)`,
      `  ${asked(asker)}`,
      waits(waiting),
    ].join('\n'),
    frames: declaration.site.frames,
  };
}

/** A test or hook that took longer than its limit. */
export function bodyTimeout(
  asker: Asker,
  ms: number,
  waiting: readonly Waiting[],
  meant?: MeantAsFixtures,
): Problem {
  return {
    code: 'ERR_TIMEOUT',
    message: [
      `Took too long to complete: ${asker.site.at ?? asker.label} (timeout=${ms}ms)`,
      `  in: ${asker.label}`,
      waits(waiting),
      ...(meant === undefined ? [] : [fixturesMeant(meant)]),
    ].join('\n'),
    frames: asker.site.frames,
  };
}

const fixturesMeant = ({ parameter, names }: MeantAsFixtures): string =>
  `  To fix: \`${parameter}\` is Jest's done; write ({ ${names.join(', ')} }) => ….`;

/** A cleanup of a test, hook or fixture that took longer than its limit. */
export function cleanupTimeout(asker: Asker, ms: number, waiting: readonly Waiting[]): Problem {
  return {
    code: 'ERR_TIMEOUT',
    message: [
      `A cleanup of ${asker.label} took too long to complete: ${asker.site.at ?? asker.label} (timeout=${ms}ms)`,
      waits(waiting),
    ].join('\n'),
    frames: asker.site.frames,
  };
}

/** Synchronous code that kept the thread beyond the limit: it could not be stopped. */
export function blockedTooLong(asker: Asker, ms: number): Problem {
  return {
    code: 'ERR_TIMEOUT',
    message: layOut(
      `Took too long to complete: ${asker.site.at ?? asker.label} (timeout=${ms}ms)`,
      [
        `in: ${asker.label}`,
        'It blocked the thread all the time, so it could not be stopped before it ended.',
      ],
      'await something from time to time, do the work in a thread (loop.runInExecutor), or raise the limit.',
    ),
    frames: asker.site.frames,
  };
}

/** `asyncTimeout.set` with something that is no time, or when its function has ended. */
export function invalidAsyncTimeout(got: unknown): Problem {
  return {
    code: 'ERR_TIMEOUT_OPTION',
    message: layOut(
      `asyncTimeout.set() expects a number of ms greater than 0, or Infinity, got ${show(got)}.`,
      [],
      'pass the number of milliseconds from now.',
    ),
  };
}

/** `asyncTimeout.set` of a function that has ended. */
export function asyncTimeoutEnded(label: string): Problem {
  return {
    code: 'ERR_TIMEOUT_OPTION',
    message: layOut(
      `asyncTimeout.set() of ${label} came too late: that function has ended.`,
      [],
      'each function that names asyncTimeout has its own clock; name it in the function that waits.',
    ),
  };
}

/** A fixture that the package itself asks for has a value that it cannot use. */
export function invalidImplicit(declaration: Declared, expected: string, got: unknown): Problem {
  return {
    code: 'ERR_FIXTURE_VALUE',
    message: layOut(
      `Fixture "${declaration.name}" must give ${expected}, got ${show(got)}.`,
      [declared(declaration)],
      'correct its value; jest-loop itself uses the fixture of this name.',
    ),
    frames: declaration.site.frames,
  };
}

/** `aroundTest` that ended without running the test. */
export function testNotRun(declaration: Declared, asker: Asker): Problem {
  return {
    code: 'ERR_FIXTURE_VALUE',
    message: layOut(
      `aroundTest did not call run(), so the body of ${asker.label} was not run.`,
      [declared(declaration)],
      'call `await run()` once on every path.',
    ),
    frames: declaration.site.frames,
  };
}

/** `run()` of `aroundTest` called a second time. */
export function testRunTwice(declaration: Declared, asker: Asker): Problem {
  return {
    code: 'ERR_FIXTURE_VALUE',
    message: layOut(
      `aroundTest called run() twice; the body of ${asker.label} runs once.`,
      [declared(declaration)],
      'call `await run()` once on every path.',
    ),
    frames: declaration.site.frames,
  };
}

/** An error of a test, hook or fixture that had ended, or had been given up after its time limit. */
export function lateError(label: string, text: string, givenUp: boolean): Problem {
  return {
    code: 'ERR_LATE',
    message: `An error of ${label}, after it had ${givenUp ? 'been given up' : 'ended'}: ${text}`,
  };
}

/** Timers that a test left behind. */
export function leftovers(asker: Asker, left: readonly string[]): Problem {
  return {
    code: 'ERR_LOOP_LEFTOVER',
    message: layOut(
      `${capitalTest(asker.label)} left ${left.length === 1 ? 'a timer' : `${left.length} timers`} behind.`,
      left,
      "clear the timers you set, or wait for them; leftovers: 'cancel' drops them silently.",
    ),
    frames: asker.site.frames,
  };
}

const capitalTest = (label: string): string => label[0]!.toUpperCase() + label.slice(1);

/** A test group that cannot start a task. */
export function tasksEnded(label: string): Problem {
  return {
    code: 'ERR_LOOP_CLOSED',
    message: layOut(
      `tasks.start() of ${label} came too late: its tasks have ended with it.`,
      [],
      'start it earlier, or in the Loop of a wider scope.',
    ),
  };
}

/** `tasks.ready` of a function that ended before. */
export function neverReady(name: string): Problem {
  return {
    code: 'ERR_LOOP_DONE',
    message: layOut(`Task "${name}" ended before it was ready.`, [], 'call ready() once it is.'),
  };
}

/** A Loop narrower than the fixture that is to run in it. */
export function loopScopeMismatch(
  declaration: Declared & { readonly options: { readonly loopScope?: string } },
  scope: string,
  loopScope: string,
): Problem {
  return {
    code: 'ERR_FIXTURE_SCOPE',
    message: layOut(
      `Scope mismatch: fixture "${declaration.name}" of scope "${scope}" cannot run in the Loop of scope "${loopScope}", which ends before it.`,
      [declared(declaration)],
      declaration.options.loopScope === undefined
        ? `give it loopScope: "${scope}" or a wider one; the one it has comes from what it overrides, or from fixtureLoopScope.`
        : `leave loopScope out, or use "${scope}" or a wider one.`,
    ),
    frames: declaration.site.frames,
  };
}
