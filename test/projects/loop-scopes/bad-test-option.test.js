test('a', { loopScope: 'session' }, () => {});
