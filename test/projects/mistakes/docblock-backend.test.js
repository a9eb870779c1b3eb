/** @jest-loop {"backend": 7} */
test('never', () => {});
