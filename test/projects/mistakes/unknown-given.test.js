// What other runners give their tests.
test('the context of Vitest', ({ task }) => {});
test('its callbacks', ({ onTestFailed }) => {});
test('the information of Playwright', ({ testInfo }) => {});
test('a fixture of pytest', ({ monkeypatch }) => {});
test('done as a fixture', ({ done }) => {});
