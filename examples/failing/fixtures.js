// This suite is meant to fail. Compare each test with what Jest reports.

fixture('settings', { host: '127.0.0.1', port: 5432 });

fixture('database', { scope: 'file' }, async () => {
  throw new Error('connect ECONNREFUSED 127.0.0.1:5432');
});

fixture('user', async ({ database }) => database.addUser('ada'));

fixture('socket', async function* () {
  yield 'a socket';
  throw new Error('The peer closed the socket');
});

fixture('upload', async function* ({ socket }) {
  yield `an upload through ${socket}`;
  throw new Error('Could not remove /tmp/upload');
});

fixture('replica', { timeout: 100 }, () => new Promise(() => {}));
