/** @jest-loop {"mode": "both"} */
test('never', () => {});
