import { at, layOut, type Problem } from '../problem';
import type { Site } from '../site';

/** `loopScope: 'session'` for a test, in an option or a marker. */
export function sessionLoop(
  subject: string,
  code: 'ERR_TEST_OPTION' | 'ERR_TEST_API',
  said: string,
  site: Site,
): Problem {
  return {
    code,
    message: layOut(
      `${subject} requests the session Loop, which lives in a different process from the tests.`,
      [`${said}${at(site.at)}`],
      'use "worker", the widest Loop of the process that runs the test.',
    ),
    frames: site.frames,
  };
}
