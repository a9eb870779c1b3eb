import { afterAll } from 'jest-loop';
import type { Server } from '../src/server';
import type { Draft } from '../src/store';

const JEST: Draft = { url: 'https://jestjs.io', title: 'Jest', tags: [] };

describe('the writes of a test', () => {
  const transactions: string[] = [];

  // In any order: each would find what an earlier one left behind, and could not add the same URL.
  test.each(['one test', 'another', 'a third'])('are rolled back: %s', async (_, { store, tx }) => {
    expect(await tx.query('select * from bookmarks')).toEqual([]);
    await store.add(await store.addUser('ada'), JEST);
    expect(await tx.query('select * from bookmarks')).toHaveLength(1);

    const [row] = await tx.query<{ id: string }>('select pg_current_xact_id()::text as id');
    expect(transactions).not.toContain(row!.id);
    transactions.push(row!.id);
  });

  test.failing('are rolled back when the test fails', async ({ store }) => {
    await store.add(await store.addUser('ada'), JEST);
    expect('this test').toBe('failing');
  });

  test('are rolled back after a database error', async ({ tx }) => {
    await expect(tx.query('select * from no_such_table')).rejects.toThrow('does not exist');
    await expect(tx.query('select * from bookmarks')).rejects.toThrow('transaction is aborted');
  });

  test('are in the same transaction as those of the server', async ({ api, store, tx }) => {
    const before = await api.get('/bookmarks');
    await store.add(await store.addUser('ada'), JEST);
    const after = await api.get('/bookmarks');
    expect([before.body.items.length, after.body.items.length]).toEqual([0, 1]);
    expect(await tx.query('select * from bookmarks')).toEqual(after.body.items);
  });

  afterAll(async ({ database }) => {
    expect(await database.query('select * from bookmarks')).toEqual([]);
  });
});

describe('the server', () => {
  const servers = new Set<Server>();

  test.each([1, 2, 3])('is shared by the whole file (%i of 3)', (_, { server }) => {
    expect(servers.add(server).size).toBe(1);
  });

  test('answers only while a test uses it', async ({ server }) => {
    expect(await fetch(`${server.url}/bookmarks`)).toMatchObject({ status: 503 });
  });
});
