const { AsyncLocalStorage } = require('node:async_hooks');
const { log } = require('../log');

// Each form of a fixture that enters a value, and what each of those that may see it sees, in order.
const seen = [];
const see = who => seen.push(`${who} ${als.getStore() ?? '-'}`);
const als = new AsyncLocalStorage();
const sleep = () => new Promise(resolve => setTimeout(resolve, 2));

const FORMS = {
  function: () => als.enterWith('entered') ?? null,
  'function that returns a promise': () => sleep().then(() => als.enterWith('entered')),
  'async function, before an await': async () => {
    als.enterWith('entered');
    await sleep();
  },
  'async function, after an await': async () => {
    await sleep();
    als.enterWith('entered');
  },
  'async function that never awaits': async () => als.enterWith('entered'),
  generator: function* () {
    als.enterWith('entered');
    yield;
    see('teardown');
  },
  'async generator, before an await': async function* () {
    als.enterWith('entered');
    await sleep();
    yield;
    see('teardown');
    await sleep();
    see('later in it');
  },
  'async generator, after an await': async function* () {
    await sleep();
    als.enterWith('entered');
    yield;
    see('teardown');
    await sleep();
    see('later in it');
  },
};
const OBJECTS = {
  'run around use': async (_, use) => {
    await als.run('entered', use);
    see('teardown, outside of run');
  },
  'run around use, inside': (_, use) =>
    als.run('entered', async () => {
      await sleep();
      await use();
      see('teardown');
    }),
  'enterWith before use': async (_, use) => {
    await sleep();
    als.enterWith('entered');
    await use();
    see('teardown');
  },
};

const declared = [
  ...Object.entries(FORMS).map(([name, form]) => [name, test.extend('enters', form)]),
  ...Object.entries(OBJECTS).map(([name, form]) => [name, test.extend({ enters: form })]),
];
describe.each(declared)('%s', (name, own) => {
  const dependant = own.extend('dependant', async function* ({ enters }) {
    see('dependant');
    yield;
    see('its teardown');
  });
  dependant.beforeEach(({ enters }) => void see('beforeEach'));
  dependant.beforeEach(() => void see('another hook'));
  afterEach(async () => {
    await sleep();
    see('afterEach');
  });
  dependant('test', async ({ dependant, request }) => {
    request.onCleanup(() => see('its cleanup'));
    see('test');
    await sleep();
    see('later in it');
  });
  afterAll(() => {
    see('afterAll');
    log(`${name}: ${seen.splice(0).join(', ')}`);
  });
});

test('not after them', () => expect(als.getStore()).toBeUndefined());
