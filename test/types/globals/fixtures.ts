/// <reference types="jest-loop/globals" />

import type { FixturesOf } from 'jest-loop';
import { Todo } from '../helpers';

export const fixtures = fixture('port', ({ request }) => request.path.length)
  .fixture('server', { scope: 'file' }, async function* () {
    yield { url: 'http://localhost' };
  })
  .fixture('state', (): 'off' | 'on' => 'off')
  .fixture('todo', ({ port }) => {
    port.toFixed();
    return new Todo();
  });

declare module 'jest-loop' {
  interface Fixtures extends FixturesOf<typeof fixtures> {}
}

// @ts-expect-error "b" would outlive "a"
fixture('a', 1).fixture('b', { scope: 'file' }, ({ a }) => a);
mark.useFixtures('port');
// @ts-expect-error unknown fixture
mark.useFixtures('database');
