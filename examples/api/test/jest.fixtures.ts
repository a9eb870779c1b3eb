/// <reference types="jest-loop/globals" />
import { type FixturesOf, fixture } from 'jest-loop';
import { Database } from '../src/database';
import { PostgresStore } from '../src/postgres-store';
import { Server } from '../src/server';
import type { Store, User } from '../src/store';
import { Client } from './client';

export const fixtures = fixture('database', { scope: 'file', timeout: 60_000 }, async function* () {
  // Takes a second, so a file starts at most one, and only if a test needs it.
  const database = await Database.open();
  await database.migrate();
  yield database;
  await database.close();
})
  .fixture('tx', async function* ({ database }) {
    await database.begin();
    yield database;
    await database.rollback();
  })
  .fixture('store', ({ tx }): Store => new PostgresStore(tx))
  // Errors inside the server. A test that provokes one removes it from the list.
  .fixture('failures', { scope: 'file' }, () => [] as unknown[])
  .fixture('server', { scope: 'file' }, async ({ failures }, { onCleanup }) => {
    const server = await Server.listen(error => failures.push(error));
    onCleanup(() => server.close());
    return server;
  })
  // No user is logged in, unless a test, file or directory overrides this.
  .fixture('user', (): User | undefined => undefined)
  .fixture('api', function* ({ failures, server, store, user }) {
    // The server is shared by the file, the store behind it belongs to the test.
    const stop = server.serve(store);
    yield new Client(server.url, user?.token);
    stop();
    const [cause] = failures.splice(0);
    if (cause !== undefined) throw new Error('The server failed during a request', { cause });
  });

declare module 'jest-loop' {
  interface Fixtures extends FixturesOf<typeof fixtures> {}
}
