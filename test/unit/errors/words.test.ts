import { capital, declared, framesOf, requestedBy } from '../../../src/errors/words';
import { requesterAt, siteAt } from '../support';

test('a requester and its place', () => {
  expect(requestedBy(requesterAt('test "adds"'))).toBe('requested by test "adds" at test/a.test.ts:3');
  expect(requestedBy({ label: 'beforeEach hook', site: siteAt(undefined) })).toBe(
    'requested by beforeEach hook',
  );
});

test('a requester that names its fixtures in another place', () => {
  const by = (place: string | undefined) => ({
    ...requesterAt('test "adds"'),
    by: { call: 'mark.useFixtures', site: siteAt(place) },
  });
  const plain = requestedBy(requesterAt('test "adds"'));
  expect(requestedBy(by('test/a.test.ts:1'))).toBe(`${plain}, by mark.useFixtures at test/a.test.ts:1`);
  expect(framesOf(by('test/a.test.ts:1'))).toBe(siteAt('test/a.test.ts:1').frames);
  for (const same of [by('test/a.test.ts:3'), by(undefined), requesterAt('test "adds"')]) {
    expect(requestedBy(same)).toBe(plain);
    expect(framesOf(same)).toBe(siteAt('test/a.test.ts:3').frames);
  }
});

test('a fixture and its place', () => {
  expect(declared({ name: 'db', site: siteAt('fixtures.ts:8') })).toBe('"db" is declared at fixtures.ts:8');
  expect(declared({ name: 'db', site: siteAt(undefined) })).toBe('"db" is built in');
  expect(declared({ name: 'db', site: siteAt('a.test.ts:2'), mustOverride: true })).toBe(
    '"db" is overridden at a.test.ts:2',
  );
});

test.each([
  ['test "adds"', 'Test "adds"'],
  ['fixture "db"', 'Fixture "db"'],
  ['beforeEach hook', 'The beforeEach hook'],
])('%s begins a sentence', (label, text) => {
  expect(capital(label)).toBe(text);
});
