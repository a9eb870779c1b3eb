import type { Problem } from './problem';

/** What waits when somebody ends the run: Ctrl-C, SIGTERM, a key in watch mode, `--bail`. */
export function interrupted(): Problem {
  return { code: 'ERR_INTERRUPTED', message: 'The test run was interrupted.' };
}
