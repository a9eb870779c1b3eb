/** @jest-loop {"backend": "virtual"} */
test('never', () => {});
