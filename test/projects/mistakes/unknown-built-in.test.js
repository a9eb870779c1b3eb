test('a built-in with a slip in its name', ({ eventLop }) => {
  expect(eventLop).toBeDefined();
});
