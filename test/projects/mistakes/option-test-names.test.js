test('t', { useFixtures: 'greeting' }, () => {});
