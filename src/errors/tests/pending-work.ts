import { layOut, type Problem } from '../problem';
import type { NamedRequester } from '../site';

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
