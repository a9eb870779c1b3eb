/** @jest-loop {mode: strict} */
test('never', () => {});
