import { fixForCopy, fixForGlobal } from '../../errors/fixtures/shared';
import { fixForArguments, fixForMember } from '../../errors/other-runners/members';
import { fixForVariable } from '../../errors/other-runners/words';
import { types } from '../../node/util';
import type { SandboxRealm } from '../file/realm';
import { startOfFrames } from '../file/stacks';
import { withStack } from './error-copies';

/** An error with a fix below its message, like our own errors. Any other thrown value stays as it is. */
export function withFix(realm: Pick<SandboxRealm, 'Error'>, error: unknown, fix: string): unknown {
  try {
    const { stack, message } = Object(error) as { stack?: unknown; message?: unknown };
    const line = `\n  To fix: ${fix}`;
    if (typeof stack !== 'string' || stack.includes(line)) return error;
    const start = startOfFrames(stack, message);
    // Apart from a message of several lines, such as a difference.
    const gap = stack.lastIndexOf('\n', start - 1) < 0 ? '' : '\n';
    return withStack(realm, error as Error, () => stack.slice(0, start) + gap + line + stack.slice(start));
  } catch {
    return error;
  }
}

/** The error of a call that another runner has, such as `test.step()`, with our name for it. */
export function explainMember(realm: Pick<SandboxRealm, 'Error'>, error: unknown): unknown {
  const fix = fixOf(error);
  return fix === undefined ? error : withFix(realm, error, fix);
}

/** The ReferenceError of a variable that is a fixture, as of a suite that moves from variables to fixtures. */
export function explainVariable(
  realm: Pick<SandboxRealm, 'Error'>,
  error: unknown,
  isFixture: (name: string) => boolean,
): unknown {
  const name = notDefined(error);
  return name !== undefined && isFixture(name) ? withFix(realm, error, fixForVariable(name)) : error;
}

/** The TypeError of a method of a session fixture's value, of which the tests have a copy. */
export function explainCopy(
  realm: Pick<SandboxRealm, 'Error'>,
  error: unknown,
  isCopied: (name: string) => boolean,
): unknown {
  if (!types.isNativeError(error) || error.name !== 'TypeError') return error;
  const [, name] = /^([\w$]+)\.[\w$]+ is not a function$/.exec(error.message) ?? [];
  return name !== undefined && isCopied(name) ? withFix(realm, error, fixForCopy(name)) : error;
}

/** The ReferenceError of a global that only test files have, in a shared fixture. */
export function explainGlobal(realm: Pick<SandboxRealm, 'Error'>, error: unknown): unknown {
  const fix = fixForGlobal(notDefined(error) ?? '');
  return fix === undefined ? error : withFix(realm, error, fix);
}

/** The variable of a ReferenceError. */
function notDefined(error: unknown): string | undefined {
  if (!types.isNativeError(error) || error.name !== 'ReferenceError') return undefined;
  return /^([\w$]+) is not defined$/.exec(error.message)?.[1];
}

function fixOf(error: unknown): string | undefined {
  try {
    const { name, message } = Object(error) as { name?: unknown; message?: unknown };
    if (typeof message !== 'string') return undefined;
    // An Error may be a difference that quotes the message of a TypeError.
    if (name === 'Error') return fixForArguments(message);
    return name === 'TypeError' ? fixForMember(message) : undefined;
  } catch {
    return undefined;
  }
}
