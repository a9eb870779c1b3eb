import { fixture, sleep } from 'jest-loop';
import { log } from '../wide-log';

// All are being set up at once: each waits for the others.
const began = new Map<string, number>();
const together = (scope: string) =>
  async function* () {
    began.set(scope, (began.get(scope) ?? 0) + 1);
    while (began.get(scope)! < 2) await sleep(2);
    yield scope;
  };
for (const scope of ['directory', 'worker', 'session'] as const) {
  fixture(`${scope}One`, { scope }, together(scope));
  fixture(`${scope}Two`, { scope }, together(scope));
}
// What depends on another waits for it.
fixture('under', { scope: 'worker' }, async () => {
  await sleep(300);
  return 'under';
});
fixture('over', { scope: 'worker' }, async ({ under }) => `over ${under}`);

// One fails: the others are aborted, and awaited; it is no failure of theirs.
let tries = 0;
fixture('fails', { scope: 'worker' }, async () => {
  await sleep(5);
  throw new TypeError('it fails');
});
fixture('stops', { scope: 'worker' }, async (_: unknown, { signal }) => {
  if (++tries > 1) return 'up at last';
  await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
});

// Many workers ask at the same moment.
fixture('slow', { scope: 'session' }, async function* () {
  log('slow up');
  await sleep(300);
  yield { slow: true };
  log('slow down');
});
