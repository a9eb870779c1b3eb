test('one', { loopScope: 'class' }, () => {});
