import { expect, test } from 'jest-loop';

test('services of the worker run', async ({ entrypoint, url }) => {
  expect(await entrypoint.context.get('starts')).toBe(1);
  expect(await (await fetch(url)).text()).toBe('of the worker');
});
test('once', ({ entrypoint, services }) => {
  expect(entrypoint.context.peek('starts')).toBe(1);
  expect(entrypoint.services).toEqual(services);
});
