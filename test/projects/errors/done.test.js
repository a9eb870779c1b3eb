test('with done', done => {
  setTimeout(() => {
    try {
      Promise.reject(new Error('beside'));
      throw new Error('given');
    } catch (error) {
      done(error);
    }
  }, 1);
});
