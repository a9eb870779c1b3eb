import { describe, expect, getRunningLoop, mark, sleep, test } from 'jest-loop';

test('a default', async () => {
  await sleep(5000);
});
test('an option', { timeout: 34 }, async () => {
  await new Promise<void>(resolve => setTimeout(resolve, 5000));
});
test('set-up', ({ slow }) => {
  expect(slow).toBe('never');
});
test('teardown', ({ slowDown }) => {
  expect(slowDown).toBe('up');
});
test('asyncTimeout', async ({ asyncTimeout }) => {
  asyncTimeout.set(35);
  await sleep(5000);
});
describe('loops', () => {
  mark.loopScope('file');
  test('of the file', ({ eventLoop, request }) => {
    expect(getRunningLoop()).toBe(eventLoop);
    expect(request.loop).toBe(eventLoop);
    expect(eventLoop.name).toBe('file loop');
  });
  test('of its own', { loopScope: 'test' }, ({ eventLoop }) => {
    expect(eventLoop.name).toBe('test loop');
  });
});
