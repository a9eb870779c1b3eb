fixture('db', { reset: () => {} });
afterEach(({ db }) => db.reset());
test('a mistake, alone in its file', ({ dbb }) => {});
