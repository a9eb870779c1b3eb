import { expect, test } from 'jest-loop';

const ask = require('../ask');
const shared = [1, 2, 3].map(n => `shared: ${n}`);

test('an instance of the worker is used in narrower Loops', async ({
  inDirectory,
  eventLoop,
  processPoolExecutor,
}) => {
  expect(inDirectory).toEqual(shared);
  expect(await ask(eventLoop)).toEqual(shared);
  expect(await processPoolExecutor.run(() => 0, [4])).toBe('shared: 4');
});
test('and in that of the worker', { loopScope: 'worker' }, ({ sessionSize }) => {
  expect(sessionSize).toBe(1);
});
