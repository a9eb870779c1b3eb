import { test as base, fixture } from 'jest-loop';
import { log } from '../wide-log';

export const test = base.extend({
  pool: [
    async ({ connection }, use, request) => {
      log(`pool up on ${connection.url}`);
      await use({ request });
      log('pool down');
    },
    { scope: 'worker' },
  ],
  size: [4, { scope: 'worker' }],
});

fixture('outermost', { scope: 'directory' }, (_, request) => request);
