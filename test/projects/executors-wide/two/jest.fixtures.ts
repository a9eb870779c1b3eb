import { type Executor, type FixturesOf, fixture } from 'jest-loop';

const ask = require('../ask');

/** One for the worker, which its Loops use and do not close. */
class Shared implements Executor {
  closed = false;
  async run(_work: unknown, args: readonly unknown[]): Promise<unknown> {
    return `shared: ${args}`;
  }
  async close(): Promise<void> {
    this.closed = true;
  }
}

export const fixtures = fixture('processPoolExecutor', { scope: 'worker' }, async function* () {
  const shared = new Shared();
  yield shared;
  if (shared.closed) throw new Error('a Loop closed an executor that is not its own');
})
  .fixture('sessionSize', { scope: 'session' }, ({ threadPoolSize }) => threadPoolSize)
  .fixture('inDirectory', { scope: 'directory' }, ({ eventLoop }): Promise<unknown> => ask(eventLoop));

declare module 'jest-loop' {
  interface Fixtures extends FixturesOf<typeof fixtures> {}
}
