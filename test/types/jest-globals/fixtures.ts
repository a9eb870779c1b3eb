import { type FixturesOf, fixture } from 'jest-loop';
import { Todo } from '../helpers';

export const fixtures = fixture('port', ({ request }) => request.path.length)
  .fixture('server', { scope: 'file' }, async function* () {
    yield { url: 'http://localhost' };
  })
  .fixture('state', (): 'off' | 'on' => 'off')
  .fixture('todo', () => new Todo());

declare module 'jest-loop' {
  interface Fixtures extends FixturesOf<typeof fixtures> {}
}
