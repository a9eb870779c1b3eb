test('a', { loopScope: 'block' }, () => {});
