fixture('a', (_, { get }) => get('b'));
fixture('b', ({ c }) => c);
fixture('c', (_, { get }) => get('a'));
test('three, one of them by its parameter', ({ a }) => {});
test('from the middle', ({ b }) => {});
