test('one', { tag: '@fast' }, () => {});
