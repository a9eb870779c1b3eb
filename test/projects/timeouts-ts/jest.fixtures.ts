import { type FixturesOf, fixture, sleep } from 'jest-loop';

export const fixtures = fixture('fileDefaultAsyncTimeout', { scope: 'file' }, async (): Promise<number> => 31)
  .fixture('slow', { timeout: 32 }, async (): Promise<string> => {
    await sleep(5000);
    return 'slow';
  })
  .fixture('slowDown', async function* ({ asyncTimeout }) {
    asyncTimeout.set(33);
    yield 'up';
    await sleep(5000);
  });

declare module 'jest-loop' {
  interface Fixtures extends FixturesOf<typeof fixtures> {}
}
