import { expect, test } from 'jest-loop';
import { Connection } from '../../src/connection';

test('each worker has its own schema', async ({ connection, database }) => {
  expect(connection.schema).toBe(`worker_${process.env.JEST_WORKER_ID}`);
  await expect(Connection.open(database.port, connection.schema)).rejects.toThrow("is another client's");
});

test('another client does not even see its tables', async ({ database, db }) => {
  await db.insert('orders', { number: 7 });
  const other = await Connection.open(database.port, `other_${process.env.JEST_WORKER_ID}`);
  await expect(other.select('orders')).rejects.toThrow(
    `there is no table "orders" in schema "${other.schema}"`,
  );
  await other.close();
});

test('only the address crosses, a copy for each test file', ({ database }) => {
  expect(database).toEqual({ port: expect.any(Number) });
});
