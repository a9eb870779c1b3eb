// The markers on the functions of @jest/globals.

import { describe, it, test } from '@jest/globals';
import { mark } from 'jest-loop';
import { expectEqual } from '../helpers';

for (const form of [
  test.catchLoopExceptions,
  test.catchLoopExceptions(false),
  test.forbidGetEventLoop({ timers: true }),
  test.loop(),
  test.loopScope('file'),
  test.only.catchLoopExceptions,
  it.skip.useFixtures('port').forbidGetEventLoop,
  test.failing.loop,
  test.concurrent.loopScope('file').loop,
]) {
  form('x', async ({ port }) => expectEqual<typeof port, number>(true));
  form('x', { tags: ['x'] }, async ({ port }) => expectEqual<typeof port, number>(true));
  form.each([[1]])('x', n => expectEqual<typeof n, number>(true));
}
test.loop.failing('x', () => {});
test.loop.extend('own', 1).loop('x', ({ own }) => expectEqual<typeof own, number>(true));
// @ts-expect-error unknown fixture
test.loop('x', ({ database }) => void database);
// @ts-expect-error the session has its Loop in another process
test.loopScope('session');
// @ts-expect-error true or false
test.catchLoopExceptions(1);

describe.catchLoopExceptions('x', () => {});
describe.catchLoopExceptions(false).only('x', () => {});
describe.skip.loopScope('file').each([[1]])('x', n => expectEqual<typeof n, number>(true));
describe('x', { loopScope: 'file', useFixtures: ['port'] }, () => {});
describe.only('x', { forbidGetEventLoop: { timers: true }, catchLoopExceptions: false }, () => {});
// @ts-expect-error a block has no limit
describe('x', { timeout: 5 }, () => {});

mark.loopScope('file');
