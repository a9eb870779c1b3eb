// Errors that are easily lost or reported twice.
fixture('nothing', () => Promise.reject());
fixture('boom', () => Promise.reject('boom'));
fixture('boom2', () => Promise.reject('boom'));
describe('a hook whose fixture throws undefined', () => {
  beforeEach(async ({ nothing }) => {});
  test('fails the test', () => {});
});
describe('the same text from two fixtures', () => {
  afterEach(({ boom2 }) => {});
  test('is reported for each', ({ boom }) => {});
});
describe('beforeAll and afterEach that request the same', () => {
  fixture('bad', { scope: 'describe' }, () => Promise.reject(new Error('bad set-up')));
  beforeAll(({ bad }) => {});
  afterEach(({ bad }) => {});
  test('report it once', () => {});
});
describe('copies for later dependants', () => {
  fixture('aborted', { scope: 'file' }, () => {
    throw new DOMException('aborted by hand', 'AbortError');
  });
  fixture('several', { scope: 'file' }, () => {
    throw new AggregateError([new Error('one')], 'several');
  });
  const errors = [];
  test('first', async ({ request }) => {
    for (const name of ['aborted', 'several']) await request.get(name).catch(error => errors.push(error));
  });
  test('second', async ({ request }) => {
    const again = [];
    for (const name of ['aborted', 'several']) await request.get(name).catch(error => again.push(error));
    expect(again.map(({ message }) => message)).toEqual([
      'AbortError: aborted by hand (first seen in "copies for later dependants first")',
      'several (first seen in "copies for later dependants first")',
    ]);
    expect(again[0].cause).toBe(errors[0]);
    expect(again[1].errors).toHaveLength(1);
  });
});
test.failing('a message that Jest adds later is shown', ({ request }) => {
  expect(request.test.line).toBe(42);
});
test.failing.each([[1]])('also of a table: %i', () => {});
