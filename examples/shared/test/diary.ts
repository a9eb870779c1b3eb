import * as fs from 'node:fs';

/** Notes what happens and where, for `npm run demo` to tell; does nothing where nobody wants to know. */
export function note(event: string): void {
  const { DEMO_DIARY, JEST_WORKER_ID } = process.env;
  if (DEMO_DIARY === undefined) return;
  const where = JEST_WORKER_ID === undefined ? 'main process' : `worker ${JEST_WORKER_ID}`;
  fs.appendFileSync(DEMO_DIARY, `${JSON.stringify({ where, pid: process.pid, event })}\n`);
}
