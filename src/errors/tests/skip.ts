import { layOut, type Problem } from '../problem';
import { show } from '../show';
import { SKIPPED } from './skipped-tests';

/** What `request.skip` throws. */
export function skipped(reason: string | undefined): Problem {
  return { code: 'ERR_SKIPPED', message: reason ? SKIPPED + reason : 'Skipped by request.skip().' };
}

/** `request.skip` with something else than a reason: other test runners take a condition. */
export function invalidSkip(got: unknown): Problem {
  return {
    code: 'ERR_FIXTURE_VALUE',
    message: layOut(
      `request.skip() expects a reason as a string, or nothing, got ${show(got)}.`,
      [],
      "call it under the condition: if (offline) request.skip('no network').",
    ),
  };
}
