import { capital, declared, requestedBy } from '../../../src/errors/words';
import { requesterAt, siteAt } from '../support';

test('a requester and its place', () => {
  expect(requestedBy(requesterAt('test "adds"'))).toBe('requested by test "adds" at test/a.test.ts:3');
  expect(requestedBy({ label: 'beforeEach hook', site: siteAt(undefined) })).toBe(
    'requested by beforeEach hook',
  );
});

test('a fixture and its place', () => {
  expect(declared({ name: 'db', site: siteAt('fixtures.ts:8') })).toBe('"db" is declared at fixtures.ts:8');
  expect(declared({ name: 'db', site: siteAt(undefined) })).toBe('"db" is built in');
});

test.each([
  ['test "adds"', 'Test "adds"'],
  ['fixture "db"', 'Fixture "db"'],
  ['beforeEach hook', 'The beforeEach hook'],
])('%s begins a sentence', (label, text) => {
  expect(capital(label)).toBe(text);
});
