/** @jest-loop {"backend": "virtual"} */
import { sleep } from 'jest-loop';

test('a file in TypeScript', async ({ loopBackendName, eventLoop }) => {
  const began = eventLoop.time();
  await sleep(10_000_000);
  expect([loopBackendName, eventLoop.time() - began]).toEqual(['virtual', 10_000_000]);
});

test('200 tests of ten waits', async () => {
  for (let i = 0; i < 10; i++) await new Promise(resolve => setTimeout(resolve, 100));
});

describe('back on real time', () => {
  test.override('loopBackend', 'node');
  test('in a block', async ({ loopBackendName }) => expect(loopBackendName).toBe('node'));
});
