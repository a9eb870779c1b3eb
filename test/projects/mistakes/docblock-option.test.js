/** @jest-loop {"lopScope": "file"} */
test('never', () => {});
