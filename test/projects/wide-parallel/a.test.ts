/**
 * What it says here is for this file, and for nothing that outlives it.
 * @jest-loop {"defaultAsyncTimeout": 250}
 */
test('at once', ({ directoryOne, directoryTwo, workerOne, workerTwo, sessionOne, sessionTwo }) => {
  expect([directoryOne, workerOne, sessionOne]).toEqual([directoryTwo, workerTwo, sessionTwo]);
});
test('one after the other', ({ over }) => {
  expect(over).toBe('over under');
});
test('one fails', ({ fails, stops }) => {});
test('the other is tried again', ({ stops }) => {
  expect(stops).toBe('up at last');
});
test('that one is not', ({ fails }) => {});
