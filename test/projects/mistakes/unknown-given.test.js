// What other runners give their tests.
test('the context of Vitest', ({ task }) => {});
test('its callbacks', ({ onTestFailed }) => {});
test('the information of Playwright', ({ testInfo }) => {});
test('a fixture of pytest', ({ monkeypatch }) => {});
test('done as a fixture', ({ done }) => {});
test('members of the request', ({ onCleanup }) => {});
test('its values', ({ param }) => {});
test('its function for fixtures', ({ get }) => {});
test('a poll of expect', async () => {
  await expect.poll(() => 1).toBe(1);
});
test('a soft expectation', () => {
  expect.soft(1).toBe(1);
});
