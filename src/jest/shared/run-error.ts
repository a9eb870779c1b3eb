import { sharedTeardown, sharedUnhandled } from '../../errors/fixtures/shared';
import { guideIn } from '../../errors/problem';
import type { FixtureDeclaration } from '../../fixtures/declare/declaration';
import type { Ending, InstanceView } from '../../fixtures/life/interfaces/views';
import { inspect } from '../../node/util';
import { trimStack, usersFrames } from '../file/stacks';
import type { RunError } from '../process/main-run';

/** What an error is reported with. */
interface Where {
  /** The test file at whose end it occurred. */
  readonly path?: string | undefined;
  /** The id of the project whose fixture it is of. */
  readonly project?: string | undefined;
}

/** An error in the form in which a run reports it. */
class ReportedError implements RunError {
  readonly stack: string;
  readonly path: string | undefined;
  readonly project: string | undefined;

  constructor(
    readonly message: string,
    error: unknown,
    { path, project }: Where,
    fixture?: FixtureDeclaration,
  ) {
    this.path = path;
    this.project = project;
    this.stack = `Error: ${message}${guideIn(got(error, 'stack'))}${framesOf(error) || placeOf(fixture)}`;
  }
}

/** An error in the teardown of a shared fixture, which it names. */
export function teardownError(error: unknown, ending: Ending, where: Where): RunError {
  const { fixture } = ending as InstanceView;
  trimStack(error);
  const text = textOf(error);
  const { declaration, scope } = fixture;
  const message = saysWhich(error, declaration.name) ? text : sharedTeardown(declaration, scope, text);
  return new ReportedError(message, error, where, declaration);
}

/** An unhandled error of a shared fixture, when no test that uses it runs. */
export function unhandledError(error: unknown, { fixture }: InstanceView, where: Where): RunError {
  trimStack(error);
  const message = sharedUnhandled(fixture.declaration, fixture.scope, textOf(error));
  return new ReportedError(message, error, where, fixture.declaration);
}

/** Any error as a run reports it. */
export function asRunError(error: unknown, path?: string): RunError {
  if (error instanceof ReportedError) return error;
  trimStack(error);
  return new ReportedError(textOf(error), error, { path });
}

/** The part of a report that can be sent to another process. */
export function plainRunError({ message, stack, path, project }: RunError): RunError {
  return { message, stack, ...(path !== undefined && { path }), ...(project !== undefined && { project }) };
}

/** Errors of ours about a teardown. */
const ABOUT_TEARDOWN: readonly unknown[] = [
  'ERR_FIXTURE_THREW',
  'ERR_FIXTURE_YIELDED_TWICE',
  'ERR_TIMEOUT',
  'ERR_USE_CALLED_TWICE',
  'ERR_USE_NOT_AWAITED',
];

/** Whether its message says that the teardown of this fixture failed, and where that is declared. */
function saysWhich(error: unknown, name: string): boolean {
  const [what = ''] = textOf(error).split('\n');
  return (
    ABOUT_TEARDOWN.includes(got(error, 'code')) &&
    what.toLowerCase().includes(`fixture "${name.toLowerCase()}"`)
  );
}

/** Whether it stands for a thrown value that is not an Error: its message shows the value. */
function showsCause(error: unknown): boolean {
  return got(error, 'code') === 'ERR_FIXTURE_THREW';
}

function textOf(error: unknown): string {
  const message = got(error, 'message');
  return typeof message === 'string' ? message : `thrown: ${shown(error)}`;
}

/** Reads a property whose getter may throw: that would lose this error, and all that follow. */
function got(error: unknown, name: 'message' | 'stack' | 'cause' | 'errors' | 'code'): unknown {
  try {
    return (Object(error) as Record<string, unknown>)[name];
  } catch {
    return undefined;
  }
}

function shown(value: unknown): string {
  try {
    return inspect(value);
  } catch {
    return 'a value that cannot be shown';
  }
}

/** The fixture's place, for an error without frames: Jest prints lines of the message twice if no frame follows. */
function placeOf(fixture: FixtureDeclaration | undefined): string {
  const [frame = ''] = fixture?.site.frames.split('\n') ?? [];
  return frame === '' ? '' : `\n${frame}`;
}

/** What follows the message: frames, cause, and the errors of an AggregateError. */
function framesOf(error: unknown): string {
  const [stack, cause, errors] = [got(error, 'stack'), got(error, 'cause'), got(error, 'errors')];
  // The stack of a frozen error could not be trimmed.
  const frames = usersFrames(stack);
  const lines = frames === '' ? '' : `\n${frames}`;
  const because = cause === undefined || showsCause(error) ? '' : `\n\nCause:\n${shown(cause)}`;
  // Jest's wording.
  const others = !Array.isArray(errors)
    ? ''
    : `\n\nErrors contained in AggregateError:\n${errors.map(shown).join('\n')}`;
  return `${lines}${because}${others}`;
}
