/** @jest-loop {"loopScope": "session"} */
test('a', () => {});
