/** @jest-loop {"loopScope": "module"} */
test('one', () => {});
