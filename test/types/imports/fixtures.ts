// A setup file as in the guide: the set and the augmentation that it feeds stand side by side.

import { type Fixtures, type FixturesOf, fixture } from 'jest-loop';
import { expectEqual, Todo } from '../helpers';

export const fixtures = fixture('port', ({ request }) => request.path.length)
  .fixture('server', { scope: 'file' }, async function* ({ request }) {
    yield { url: request.path };
  })
  .fixture('todo', async ({ server, request }) => {
    const port = await request.get('port');
    expectEqual<typeof port, number>(true);
    expectEqual<typeof server, { url: string }>(true);
    return new Todo();
  })
  .fixture('backend', { params: ['node', 'virtual'] }, (_, { param }) => param);

declare module 'jest-loop' {
  interface Fixtures extends FixturesOf<typeof fixtures> {}
}

// A second set of the same program: it continues the first one, and adds to the same interface.
export const more = fixtures.fixture('url', ({ server, port }) => `${server.url}:${port}`);

declare module 'jest-loop' {
  interface Fixtures extends FixturesOf<typeof more> {}
}

expectEqual<
  { [Name in keyof Fixtures]: Fixtures[Name] },
  {
    readonly port: number;
    server: { url: string };
    readonly todo: Todo;
    readonly backend: string;
    readonly url: string;
  }
>(true);
// @ts-expect-error the set has no such fixture
expectEqual<Fixtures['nope'], unknown>(true);
