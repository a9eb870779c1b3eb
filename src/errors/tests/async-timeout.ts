import { layOut, type Problem } from '../problem';
import { show } from '../show';

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
