import { randomUUID } from '../../node/crypto';
import { appendFileSync, existsSync, rmSync } from '../../node/fs';
import { tmpdir } from '../../node/os';
import * as path from '../../node/path';

/*
 * A run that has to fail though each test of it has passed: the result of the file that is to blame has gone to
 * Jest already. What can be done depends on the process, and on whether Jest listens.
 */

/** On a `process.exit` of ours. */
const FAILS = Symbol.for('jest-loop.fails');

/** In Jest's own process: whatever Jest says, it does not exit with 0 any more. */
export function failProcess(code: number, target: Pick<NodeJS.Process, 'exit' | 'exitCode'> = process): void {
  if (code === 0) return;
  target.exitCode ||= code;
  const { exit } = target;
  if (FAILS in exit) return;
  // `--forceExit` exits with a code of its own, and says so once more in the `exit` event.
  // https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-cli/src/run.ts#L110-L121
  const failing: NodeJS.Process['exit'] = given =>
    Reflect.apply(exit, target, [Number(given ?? target.exitCode) || code]);
  target.exit = Object.assign(failing, { [FAILS]: true });
}

/** Names the file in which a worker that Jest does not listen to leaves a record. */
const RECORD = 'JEST_LOOP_LATE_RECORD';

type Main = Pick<NodeJS.Process, 'env' | 'pid' | 'ppid' | 'once' | 'exit' | 'exitCode'>;

/** The record's path, if one of these processes looks for it: a Jest that a test runs inherits another's. */
function recordOf({ env }: Pick<Main, 'env'>, pids: readonly number[]): string | undefined {
  const file = env[RECORD];
  const [, pid] = /jest-loop-late-(\d+)-[^\\/]+$/.exec(file ?? '') ?? [];
  return pids.includes(Number(pid)) ? file : undefined;
}

/** In Jest's main process, before it has workers: it fails at its end if one of them left a record. */
export function failOnRecord(target: Main = process): void {
  // With projects a preset is loaded for each.
  if (recordOf(target, [target.pid]) !== undefined) return;
  target.env[RECORD] = path.join(tmpdir(), `jest-loop-late-${target.pid}-${randomUUID()}`);
  target.once('exit', () => {
    if (takeRecord(target)) failProcess(1, target);
  });
}

/** In a worker, which may be a thread: leaves a record. False where nobody would look for it. */
export function leaveRecord(text: string, target: Pick<Main, 'env' | 'pid' | 'ppid'> = process): boolean {
  const file = recordOf(target, [target.pid, target.ppid]);
  if (file !== undefined) appendFileSync(file, `${text}\n`);
  return file !== undefined;
}

/** In the main process: whether there is a record, which is removed. */
export function takeRecord(target: Pick<Main, 'env' | 'pid'> = process): boolean {
  const file = recordOf(target, [target.pid]);
  if (file === undefined || !existsSync(file)) return false;
  rmSync(file, { force: true });
  return true;
}
