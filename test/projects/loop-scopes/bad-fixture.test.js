fixture('a', { loopScope: 'block' }, 1);
test('a', () => {});
