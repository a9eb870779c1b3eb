import { randomUUID } from '../../node/crypto';
import { appendFileSync, existsSync, rmSync } from '../../node/fs';
import { tmpdir } from '../../node/os';
import * as path from '../../node/path';
import { embedding } from '../process/embedding';

/*
 * Fails a run although all its tests passed, when Jest already has the result of the file at fault. The means depend on
 * the process, and on whether Jest still listens.
 */

/** Marks our `process.exit`. */
const FAILS = Symbol.for('jest-loop.fails');

/** In Jest's main process: from now on it cannot exit with 0. */
export function failProcess(code: number, target: Pick<NodeJS.Process, 'exit' | 'exitCode'> = process): void {
  if (code === 0) return;
  const program = embedding();
  if (program !== undefined) {
    program.fail(code);
    return;
  }
  target.exitCode ||= code;
  const { exit } = target;
  if (FAILS in exit) return;
  // `--forceExit` exits with its own code, and again in the `exit` event.
  // https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-cli/src/run.ts#L110-L121
  const failing: NodeJS.Process['exit'] = given =>
    Reflect.apply(exit, target, [Number(given ?? target.exitCode) || code]);
  target.exit = Object.assign(failing, { [FAILS]: true });
}

/** The variable with the path of the record, which a worker leaves when Jest no longer listens. */
const RECORD = 'JEST_LOOP_LATE_RECORD';

type Main = Pick<NodeJS.Process, 'env' | 'pid' | 'ppid' | 'once' | 'exit' | 'exitCode'>;

/** The record's path, if one of these processes set it: a Jest that a test starts inherits the variable. */
function recordOf({ env }: Pick<Main, 'env'>, pids: readonly number[]): string | undefined {
  const file = env[RECORD];
  const [, pid] = /jest-loop-late-(\d+)-[^\\/]+$/.exec(file ?? '') ?? [];
  return pids.includes(Number(pid)) ? file : undefined;
}

/** In Jest's main process, before it starts workers: fails it at its end if a worker left a record. */
export function failOnRecord(target: Main = process): void {
  // Without workers there is no record.
  if (embedding() !== undefined) return;
  // Jest loads the preset for each project.
  if (recordOf(target, [target.pid]) !== undefined) return;
  target.env[RECORD] = path.join(tmpdir(), `jest-loop-late-${target.pid}-${randomUUID()}`);
  target.once('exit', () => {
    if (takeRecord(target)) failProcess(1, target);
  });
}

/** In a worker, which may be a thread: leaves a record. Returns false if no process would look for it. */
export function leaveRecord(text: string, target: Pick<Main, 'env' | 'pid' | 'ppid'> = process): boolean {
  const file = recordOf(target, [target.pid, target.ppid]);
  if (file !== undefined) appendFileSync(file, `${text}\n`);
  return file !== undefined;
}

/** In the main process: removes the record. Returns whether there was one. */
export function takeRecord(target: Pick<Main, 'env' | 'pid'> = process): boolean {
  const file = recordOf(target, [target.pid]);
  if (file === undefined || !existsSync(file)) return false;
  rmSync(file, { force: true });
  return true;
}
