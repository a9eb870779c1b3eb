import { type FixturesOf, fixture } from 'jest-loop';
import { Connection } from './src/connection';
import { DatabaseServer } from './src/database-server';
import { note } from './test/diary';

export const fixtures = fixture('database', { scope: 'session' }, async function* () {
  // Once per run, in Jest's main process.
  const server = await DatabaseServer.listen();
  note('the database starts');
  // Only data can cross to the workers.
  yield { port: server.port };
  note(`the database ends; its schemas were ${server.schemas.join(', ')}`);
  await server.close();
})
  .fixture('connection', { scope: 'worker' }, async function* ({ database }) {
    // Once per worker: its test files share the connection and its tables.
    const connection = await Connection.open(database.port, `worker_${process.env.JEST_WORKER_ID}`);
    await connection.create('accounts', ['name']);
    await connection.create('orders', ['number']);
    note(`connects, and makes the tables of schema ${connection.schema}`);
    yield connection;
    const left = [...(await connection.select('accounts')), ...(await connection.select('orders'))];
    note(`disconnects; ${left.length} rows are left in its tables`);
    await connection.close();
  })
  .fixture('db', async function* ({ connection }, { test }) {
    // Once per test: its writes are gone when the next test begins.
    await connection.begin();
    yield connection;
    await connection.rollback();
    note(`rolls back after "${test.fullName}"`);
  });

declare module 'jest-loop' {
  interface Fixtures extends FixturesOf<typeof fixtures> {}
}
