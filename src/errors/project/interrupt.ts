import type { Problem } from '../problem';

/** The end of the run cuts work short: Ctrl-C, SIGTERM, a key in watch mode, `--bail`. */
export function interrupted(): Problem {
  return { code: 'ERR_INTERRUPTED', message: 'The test run was interrupted.' };
}
