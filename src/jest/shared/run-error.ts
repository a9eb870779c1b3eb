import { sharedTeardown, sharedUnhandled } from '../../errors/shared';
import type { FixtureDeclaration } from '../../fixtures/declare/declaration';
import type { Instance } from '../../fixtures/life/instance';
import type { Ending } from '../../fixtures/life/open-scopes';
import { inspect } from '../../node/util';
import { trimStack, usersFrames } from '../file/stacks';
import type { RunError } from '../process/main-run';

/** An error as the run is told of it. */
export class SharedError implements RunError {
  readonly stack: string;

  constructor(
    readonly message: string,
    error: unknown,
    /** The test file at whose end it came. */
    public path?: string,
    fixture?: FixtureDeclaration,
  ) {
    this.stack = `Error: ${message}${framesOf(error) || placeOf(fixture)}`;
  }
}

/** Of a teardown: says whose. */
export function teardownError(error: unknown, ending: Ending, path: string | undefined): SharedError {
  const { fixture } = ending as Instance;
  trimStack(error);
  const text = textOf(error);
  const message = saysWhose(error) ? text : sharedTeardown(fixture.declaration, fixture.scope, text);
  return new SharedError(message, error, path, fixture.declaration);
}

/** That nobody handled, when no test could be told. */
export function unhandledError(error: unknown, { fixture }: Instance, path: string | undefined): SharedError {
  trimStack(error);
  const message = sharedUnhandled(fixture.declaration, fixture.scope, textOf(error));
  return new SharedError(message, error, path, fixture.declaration);
}

/** Any other. */
export function asRunError(error: unknown, path: string | undefined): RunError {
  if (error instanceof SharedError) return error;
  trimStack(error);
  return new SharedError(textOf(error), error, path);
}

/** As it can be sent to another process. */
export function plainRunError({ message, stack, path }: RunError): RunError {
  return { message, stack, ...(path !== undefined && { path }) };
}

/** Whether it stands for a thrown value that is not an Error: its message names the fixture and shows the value. */
function saysWhose(error: unknown): boolean {
  return got(error, 'code') === 'ERR_FIXTURE_THREW';
}

function textOf(error: unknown): string {
  const message = got(error, 'message');
  return typeof message === 'string' ? message : `thrown: ${shown(error)}`;
}

/** What a property holds that may have a getter: an error that cannot be told would be lost, with all that follow it. */
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

/** For an error without frames, what is no error too: Jest prints lines of the message twice where none follow. */
function placeOf(fixture: FixtureDeclaration | undefined): string {
  const [frame = ''] = fixture?.site.frames.split('\n') ?? [];
  return frame === '' ? '' : `\n${frame}`;
}

/** What follows the message: the frames, and what is in it. */
function framesOf(error: unknown): string {
  const [stack, cause, errors] = [got(error, 'stack'), got(error, 'cause'), got(error, 'errors')];
  // Those of a frozen error could not be cut.
  const frames = usersFrames(stack);
  const lines = frames === '' ? '' : `\n${frames}`;
  const because = cause === undefined || saysWhose(error) ? '' : `\n\nCause:\n${shown(cause)}`;
  // As Jest has it.
  const others = !Array.isArray(errors)
    ? ''
    : `\n\nErrors contained in AggregateError:\n${errors.map(shown).join('\n')}`;
  return `${lines}${because}${others}`;
}
