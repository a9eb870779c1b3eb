test('a clone of its own', ({ address }) => {
  expect(address).toStrictEqual({ url: 'tcp://1', seen: [] });
});
test('inner colour', ({ colour, paint, brush }) => {
  expect(colour.name).toBe('colour of inner');
  expect(paint).toBe('paint: colour of setup');
  expect(brush).toBe('paint: colour of setup and colour of inner');
});
test('its base by its own name', ({ stack }) => {
  expect(stack).toEqual(['worker', 'directory']);
});
test('narrower ones on top of that', { overrides: { stack: ({ stack }) => [...stack, 'test'] } }, ({
  stack,
}) => {
  expect(stack).toEqual(['worker', 'directory', 'test']);
});
