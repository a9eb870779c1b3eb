test('cannot be loaded', ({ page }) => {});
test('again', ({ page }) => {});
