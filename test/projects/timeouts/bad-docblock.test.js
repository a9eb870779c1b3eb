/** @jest-loop {"defaultAsyncTimeout": 0} */
test('a', () => {});
