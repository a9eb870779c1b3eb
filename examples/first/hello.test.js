test('says hello', ({ page }) => {
  expect(page).toBe('hello');
});
