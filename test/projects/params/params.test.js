const { log } = require('../log');

fixture('kind', { params: ['pg', 'sqlite'] }, (_, { param }) => param);
fixture('size', { params: [1, 20], ids: ['small', 'large'] }, (_, { param }) => param);
fixture(
  'shape',
  { params: [{ a: 1 }, [2], null, undefined, true, /x/, class Named {}] },
  (_, { param }) => param,
);
fixture('computed', { params: [1, 2], ids: (value, index) => `#${index}=${value}` }, (_, { param }) => param);
fixture('single', { params: ['only'] }, (_, { param }) => param);
fixture('through', ({ kind }) => `through ${kind}`);
fixture('wide', { scope: 'file', params: ['x', 'y'] }, async function* (_, { param }) {
  log(`wide ${param} up`);
  yield param;
  log(`wide ${param} down`);
});
fixture('onWide', { scope: 'file' }, async function* ({ wide }) {
  log(`onWide ${wide} up`);
  yield wide;
  log(`onWide ${wide} down`);
});

test('once per value', ({ kind }) => log(`once ${kind}`));
test('several multiply', ({ size, kind }) => log(`several ${size} ${kind}`));
test('through fixtures', ({ through }) => log(through));
test("the value's text", ({ shape }) => {});
test('ids by a function', ({ computed }) => {});
test('a single value adds no suffix', ({ single }) => expect(single).toBe('only'));
test('lives once per value', ({ wide }) => log(`lives ${wide}`));
test('so do its dependants', ({ onWide, wide }) => log(`dependant ${onWide} ${wide}`));
test.skip('skipped', ({ kind }) => {});
test.each([['a'], ['b']])('each %s', (row, { kind }) => log(`each ${row} ${kind}`));
describe('through hooks', () => {
  beforeEach(({ kind }) => log(`hook ${kind}`));
  test('of a test that requests nothing', () => log('body'));
  test('once, not twice', ({ kind }) => log(`body ${kind}`));
});
describe('through beforeAll', () => {
  beforeAll(({ wide }) => log(`beforeAll ${wide}`));
  test('too', () => log('body'));
});
test('the value is in reach of request.get', async ({ request, kind }) =>
  expect(await request.get('kind')).toBe(kind));
test('request.get cannot multiply', async ({ request }) => {
  await expect(request.get('kind')).rejects.toThrow(
    'request.get("kind") cannot choose among the 2 values of its params',
  );
});
test('snapshots have a name of their own', ({ kind }) => expect({ kind }).toMatchSnapshot());
