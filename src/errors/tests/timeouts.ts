import { fixForDone, type MeantAsFixtures } from '../other-runners/words';
import { layOut, type Problem } from '../problem';
import type { Declared, NamedRequester } from '../site';
import { requestedBy } from '../words';

/** What a function was waiting for: a line of text, or a fixture from `request.get`. */
export type Waiting = string | Declared;

const BLOCKED = 'It blocked the thread the whole time, so it could not be stopped before it ended.';
const UNBLOCK =
  'await a timer or I/O from time to time (a settled promise is not enough), do the work in a thread (loop.runInExecutor), or raise the limit.';

const UNKNOWN =
  'a promise of your code or of a library, which jest-loop cannot cancel (if the call takes a signal, pass it request.signal)';

/** One line for each, and for what may keep it waiting. */
function waits(waiting: readonly Waiting[], hint: string | undefined): string[] {
  const lines = waiting
    .slice(0, 5)
    .map(each => `  waiting for: ${typeof each === 'string' ? each : gets(each)}`);
  if (waiting.length > 5) lines.push(`  and ${waiting.length - 5} more`);
  if (hint !== undefined) lines.push(`  ${hint}`);
  return lines.length === 0 ? [`  waiting for: ${UNKNOWN}`] : lines;
}

const gets = ({ name, site }: Declared): string =>
  `request.get("${name}"), the set-up of a fixture declared at ${site.at ?? '(built in)'}`;

/** A set-up or teardown over its time limit. `hint`: what may keep it waiting. */
export function fixtureTimeout(
  declaration: Declared,
  phase: 'set up' | 'tear down',
  ms: number,
  requester: NamedRequester,
  waiting: readonly Waiting[],
  hint?: string,
): Problem {
  return {
    code: 'ERR_TIMEOUT',
    message: [
      `Fixture "${declaration.name}" took too long to ${phase}: ${declaration.site.at ?? '(built in)'} (timeout=${ms}ms)`,
      `  ${requestedBy(requester)}`,
      ...waits(waiting, hint),
    ].join('\n'),
    frames: declaration.site.frames,
  };
}

/** A set-up or teardown that blocked the thread beyond its limit. */
export function fixtureBlocked(
  declaration: Declared,
  phase: 'set up' | 'tear down',
  ms: number,
  requester: NamedRequester,
): Problem {
  const { name, site } = declaration;
  return {
    code: 'ERR_TIMEOUT',
    message: layOut(
      `Fixture "${name}" took too long to ${phase}: ${site.at ?? '(built in)'} (timeout=${ms}ms)`,
      [requestedBy(requester), BLOCKED],
      UNBLOCK,
    ),
    frames: site.frames,
  };
}

/** Why a test or hook may wait for ever. */
interface Why {
  /** Its `done` seems to be meant as fixtures. */
  readonly meant?: MeantAsFixtures | undefined;
  /** It takes `done`, as far as Jest knows: its parameters cannot be read. */
  readonly isUnreadable?: boolean;
  readonly hint?: string | undefined;
}

const UNREADABLE = [
  "  Its function is bound, native or a mock: its parameters cannot be read, so it gets Jest's done and no fixtures.",
  '  To fix: call done(), or, if it takes fixtures, write a function around it: ({ db }) => fn({ db }).',
];

/** A test or hook over its time limit. */
export function bodyTimeout(
  requester: NamedRequester,
  ms: number,
  waiting: readonly Waiting[],
  { meant, isUnreadable = false, hint }: Why = {},
): Problem {
  return {
    code: 'ERR_TIMEOUT',
    message: [
      `Took too long to complete: ${requester.site.at ?? requester.label} (timeout=${ms}ms)`,
      `  in: ${requester.label}`,
      ...waits(waiting, hint),
      ...(meant === undefined ? [] : [`  To fix: ${fixForDone(meant)}`]),
      ...(isUnreadable ? UNREADABLE : []),
    ].join('\n'),
    frames: requester.site.frames,
  };
}

/** A cleanup of a test, hook or fixture over its time limit. */
export function cleanupTimeout(
  requester: NamedRequester,
  ms: number,
  waiting: readonly Waiting[],
  hint?: string,
): Problem {
  return {
    code: 'ERR_TIMEOUT',
    message: [
      `A cleanup of ${requester.label} took too long to complete: ${requester.site.at ?? requester.label} (timeout=${ms}ms)`,
      ...waits(waiting, hint),
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
      ...waits(waiting, hint),
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
      [`in: ${requester.label}`, BLOCKED],
      UNBLOCK,
    ),
    frames: requester.site.frames,
  };
}
