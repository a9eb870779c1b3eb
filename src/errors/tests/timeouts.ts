import { layOut, type Problem } from '../problem';
import { show } from '../show';
import type { Declared, NamedRequester } from '../site';
import { declared, requestedBy } from '../words';

/** What a function was waiting for: a line of text, or a fixture from `request.get`. */
export type Waiting = string | Declared;

/** A parameter that is Jest's `done`, but seems to be meant as fixtures, with their names. */
export interface MeantAsFixtures {
  readonly parameter: string;
  readonly names: readonly string[];
}

/** One line for each. */
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

/** A set-up or teardown over its time limit. */
export function fixtureTimeout(
  declaration: Declared,
  phase: 'set up' | 'tear down',
  ms: number,
  requester: NamedRequester,
  waiting: readonly Waiting[],
): Problem {
  return {
    code: 'ERR_TIMEOUT',
    message: [
      `Fixture "${declaration.name}" took too long to ${phase}: ${declaration.site.at ?? '(built in)'} (timeout=${ms}ms)`,
      `  ${requestedBy(requester)}`,
      waits(waiting),
    ].join('\n'),
    frames: declaration.site.frames,
  };
}

/** A test or hook over its time limit. */
export function bodyTimeout(
  requester: NamedRequester,
  ms: number,
  waiting: readonly Waiting[],
  meant?: MeantAsFixtures,
): Problem {
  return {
    code: 'ERR_TIMEOUT',
    message: [
      `Took too long to complete: ${requester.site.at ?? requester.label} (timeout=${ms}ms)`,
      `  in: ${requester.label}`,
      waits(waiting),
      ...(meant === undefined ? [] : [fixturesMeant(meant)]),
    ].join('\n'),
    frames: requester.site.frames,
  };
}

const fixturesMeant = ({ parameter, names }: MeantAsFixtures): string =>
  `  To fix: \`${parameter}\` is Jest's done; write ({ ${names.join(', ')} }) => ….`;

/** A cleanup of a test, hook or fixture over its time limit. */
export function cleanupTimeout(requester: NamedRequester, ms: number, waiting: readonly Waiting[]): Problem {
  return {
    code: 'ERR_TIMEOUT',
    message: [
      `A cleanup of ${requester.label} took too long to complete: ${requester.site.at ?? requester.label} (timeout=${ms}ms)`,
      waits(waiting),
    ].join('\n'),
    frames: requester.site.frames,
  };
}

/** A function on virtual time that waits for what can never come. */
export function nothingLeft(requester: NamedRequester, waiting: readonly Waiting[], hint?: string): Problem {
  return {
    code: 'ERR_NOTHING_LEFT',
    message: [
      `Waits for ever, nothing is left that could wake it: ${requester.site.at ?? requester.label}`,
      `  in: ${requester.label}`,
      waits(waiting),
      ...(hint === undefined ? [] : [`  ${hint}`]),
      "  To fix: let something settle what it waits for. If code outside of the test does so, run it on the backend 'node'.",
    ].join('\n'),
    frames: requester.site.frames,
  };
}

/** Synchronous code that blocked the thread beyond the limit. */
export function blockedTooLong(requester: NamedRequester, ms: number): Problem {
  return {
    code: 'ERR_TIMEOUT',
    message: layOut(
      `Took too long to complete: ${requester.site.at ?? requester.label} (timeout=${ms}ms)`,
      [
        `in: ${requester.label}`,
        'It blocked the thread the whole time, so it could not be stopped before it ended.',
      ],
      'await something from time to time, do the work in a thread (loop.runInExecutor), or raise the limit.',
    ),
    frames: requester.site.frames,
  };
}

/** `asyncTimeout.set` with an invalid time. */
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

/** `asyncTimeout.set` after its function has ended. */
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

/** A policy fixture with an invalid value. */
export function invalidPolicyValue(declaration: Declared, expected: string, got: unknown): Problem {
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
export function testNotRun(declaration: Declared, requester: NamedRequester): Problem {
  return {
    code: 'ERR_FIXTURE_VALUE',
    message: layOut(
      `aroundTest did not call run(), so the body of ${requester.label} was not run.`,
      [declared(declaration)],
      'call `await run()` once on every path.',
    ),
    frames: declaration.site.frames,
  };
}

/** A second call of `run()` in `aroundTest`. */
export function testRunTwice(declaration: Declared, requester: NamedRequester): Problem {
  return {
    code: 'ERR_FIXTURE_VALUE',
    message: layOut(
      `aroundTest called run() twice; the body of ${requester.label} runs once.`,
      [declared(declaration)],
      'call `await run()` once on every path.',
    ),
    frames: declaration.site.frames,
  };
}

/** An error of a test, hook or fixture that has ended, or was given up after its time limit. */
export function lateError(label: string, text: string, givenUp: boolean): Problem {
  return {
    code: 'ERR_LATE',
    message: `An error of ${label} after it ${givenUp ? 'was given up' : 'ended'}: ${text}`,
  };
}

/** Timers left behind by a test. */
export function leftovers(requester: NamedRequester, left: readonly string[]): Problem {
  return {
    code: 'ERR_LOOP_LEFTOVER',
    message: layOut(
      `${capitalTest(requester.label)} left ${left.length === 1 ? 'a timer' : `${left.length} timers`} behind.`,
      left,
      "clear the timers you set, or wait for them; leftovers: 'cancel' drops them silently.",
    ),
    frames: requester.site.frames,
  };
}

const capitalTest = (label: string): string => label[0]!.toUpperCase() + label.slice(1);

/** `tasks.start` after its test, hook or fixture has ended. */
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

/** A task that ended before it called `ready`. */
export function neverReady(name: string): Problem {
  return {
    code: 'ERR_LOOP_DONE',
    message: layOut(`Task "${name}" ended before it was ready.`, [], 'call ready() once it is.'),
  };
}

/** A Loop with a narrower scope than its fixture. */
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
