/** @jest-loop {"defaultAsyncTimeout": 90000} */
import { sleep } from 'jest-loop';

const began = performance.now();

for (const scope of ['directory', 'worker', 'session']) {
  describe(scope, () => {
    test('reported once', { useFixtures: [`${scope}Ready`] }, () => {});
    test('at once', { useFixtures: [`${scope}Waits`] }, () => {});
    test('is up', { useFixtures: [`${scope}Dies`] }, () => {});
    test('its end ends its users', { useFixtures: [`${scope}Reaper`] }, () => {});
    test('it is a failure from then on', { useFixtures: [`${scope}Dies`] }, () => {});
    test('also just after it came up', { useFixtures: [`${scope}Returned`] }, () => sleep(60_000));
  });
}

test('nothing waited for its limit', () => expect(performance.now() - began).toBeLessThan(30_000));
