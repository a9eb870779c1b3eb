import type { Connection } from './connection';

type Db = Pick<Connection, 'begin' | 'commit' | 'insert' | 'rollback' | 'select'>;

/** Opens an account and orders its first card, in one transaction. */
export async function openAccount(db: Db, name: string, order: number): Promise<void> {
  await db.begin();
  try {
    await db.insert('accounts', { name });
    await db.insert('orders', { number: order, of: name, what: 'card' });
  } catch (error) {
    await db.rollback();
    throw error;
  }
  await db.commit();
}

export async function ordersOf(db: Db, name: string): Promise<number[]> {
  return (await db.select('orders', { of: name })).map(row => Number(row.number));
}
