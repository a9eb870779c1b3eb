import { logging, wait } from '../wide-log';

// In whichever process that happens: with workers it may be another.
test('does not use it', { timeout: 60_000 }, async ({ loopOfWorker }) => {
  await logging('later fails');
  await wait(50);
});
