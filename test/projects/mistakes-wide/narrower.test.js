test('a wide fixture that needs a narrow one', ({ wide }) => {});
test('the Loop of another process', ({ elsewhere }) => {});
