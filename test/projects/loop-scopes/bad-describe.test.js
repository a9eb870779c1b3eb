describe('a', { loopScope: 'session' }, () => {});
