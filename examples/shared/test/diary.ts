import * as fs from 'node:fs';

/** Records an event and its process for `npm run demo`; otherwise does nothing. */
export function note(event: string): void {
  const { DEMO_DIARY, JEST_WORKER_ID } = process.env;
  if (DEMO_DIARY === undefined) return;
  const where = JEST_WORKER_ID === undefined ? 'main process' : `worker ${JEST_WORKER_ID}`;
  fs.appendFileSync(DEMO_DIARY, `${JSON.stringify({ where, pid: process.pid, event })}\n`);
}
