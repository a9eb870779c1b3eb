import { at, layOut, type Problem } from '../problem';
import type { NamedRequester, Site } from '../site';
import { capital } from '../words';

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

/** A test that names a backend, but runs in a Loop that it shares with others. */
export function backendOfWideLoop({ label, site }: NamedRequester, loopScope: string): Problem {
  const shared = loopScope === 'directory' || loopScope === 'worker';
  return {
    code: 'ERR_BACKEND',
    frames: site.frames,
    message: layOut(
      `${capital(label)} names a backend, but runs in the Loop of scope "${loopScope}", which other tests share.`,
      [`registered${at(site.at)}`],
      shared
        ? "give the test loopScope 'test', or no backend: this Loop is always on real time."
        : `give the test loopScope 'test', or choose the backend of that Loop: fixture('loopBackend', { scope: '${loopScope}' }, () => 'virtual').`,
    ),
  };
}
