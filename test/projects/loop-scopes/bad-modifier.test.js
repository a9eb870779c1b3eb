test.loopScope('session')('a', () => {});
