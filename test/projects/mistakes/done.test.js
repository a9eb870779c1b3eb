// What Jest says of `done` and of returned values, for tests that are managed.
fixture('db', { auto: true }, 1);
test('done with a text', done => {
  done('a reason');
});
test('done with an error', done => {
  done(new Error('an error'));
});
test('done twice', done => {
  done();
  done();
});
test('done and a promise', async done => {
  done();
});
test('a returned value', () => 42);
test('done that is never called', done => {}, 20);
