import * as inspector from 'node:inspector';

/**
 * Whether somebody may be stepping through the code: then no time limit fires. An inspector that is open counts,
 * attached or not, and so does the flag that opens one.
 */
export function isDebugging(): boolean {
  return inspector.url() !== undefined || process.execArgv.some(arg => arg.startsWith('--inspect'));
}
