const { log } = require('../log');

const logged = (name, options) =>
  fixture(name, options, async function* (_, { param }) {
    log(`${name} ${param} up`);
    yield param;
    log(`${name} ${param} down`);
  });

logged('db', { scope: 'file', params: ['pg', 'my'] });
fixture('table', { scope: 'describe' }, async function* ({ db }) {
  log(`table on ${db} up`);
  yield `table on ${db}`;
  log(`table on ${db} down`);
});
logged('inBlock', { scope: 'describe', params: [1, 2] });
fixture('plain', { scope: 'file' }, async function* () {
  log('plain up');
  yield 'plain';
  log('plain down');
});

fixture('broken', { scope: 'file', params: ['good', 'bad'] }, (_, { param }) => {
  if (param === 'bad') throw new Error('broken');
  return param;
});
fixture('torn', { scope: 'file', params: ['once', 'well'] }, async function* (_, { param }) {
  yield param;
  if (param === 'once') throw new Error('torn');
});

test('before all that need it', ({ plain }) => log(plain));
test('first', ({ db }) => log(`first ${db}`));
test('between', () => log('between'));
describe('a block', () => {
  beforeAll(() => log('beforeAll'));
  beforeAll(({ db }) => log(`beforeAll ${db}`));
  afterAll(({ db, request }) => {
    request.onCleanup(() => log(`cleanup of afterAll ${db}`));
    log(`afterAll ${db}`);
  });
  afterAll(() => log('afterAll'));
  test('in it', ({ table }) => log(`in it ${table}`));
  describe('and one in it', () => {
    test('deeper', ({ table, inBlock }) => log(`deeper ${table} ${inBlock}`));
    test('that requests nothing', () => log('nothing'));
  });
});
describe('another block', () => {
  test('without it', () => log('without it'));
  test.skip('skipped', ({ db }) => log('never'));
  test.each([[1], [2]])('row %i', (row, { db }) => log(`row ${row} ${db}`));
});
test('after all that need it', ({ plain }) => log(plain));
describe('a value that fails', () => {
  test('fails its own tests', ({ broken }) => log(broken));
  test('and no others', ({ broken }) => log(broken));
});
test('a teardown that fails is reported on the file', ({ torn }) => log(torn));
