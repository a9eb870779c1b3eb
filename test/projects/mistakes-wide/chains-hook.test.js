beforeAll(({ directoryOnTest }) => {});
test('a', () => {});
