const { log } = require('../log');

const forever = () => new Promise(() => {});
const ms = time => new Promise(resolve => setTimeout(resolve, time));

describe('is called for each function', () => {
  fixture('asyncTimeoutProvider', { scope: 'file' }, () => ({
    load({ defaultTimeout, name, phase }) {
      log(`${phase} ${name} ${defaultTimeout}`);
      return { timeout: defaultTimeout, set() {} };
    },
  }));
  fixture('db', { timeout: 5001 }, async function* () {
    yield;
  });
  beforeAll(() => {});
  beforeEach(() => {}, 5002);
  afterEach(() => {});
  afterAll(() => {});
  test('a test', { timeout: 5003 }, ({ db }) => {});
});

describe('a clock with a timeout and set alone', () => {
  fixture('asyncTimeoutProvider', () => ({ load: () => ({ timeout: 31, set() {} }) }));
  test('is ended by the package', forever);
});

describe('a clock with set alone', () => {
  fixture('asyncTimeoutProvider', () => ({
    load: ({ name }) => ({ set: time => log(`${name} set(${time})`) }),
  }));
  test('counts like one of the package', async ({ asyncTimeout }) => {
    asyncTimeout.set(34);
    await forever();
  });
  test('with the limit that there is', { timeout: 35 }, forever);
  fixture('db', { timeout: 5000 }, async function* ({ asyncTimeout }) {
    asyncTimeout.set(36);
    yield;
    await forever();
  });
  test('is set again for the teardown', ({ db }) => {});
});

describe('a clock of its own', () => {
  fixture('asyncTimeoutProvider', () => ({
    load({ name }) {
      let expire;
      let timer;
      return {
        timeout: 300,
        set(time) {
          log(`${name} set(${time})`);
          clearTimeout(timer);
          timer = setTimeout(expire, time);
        },
        start(fn) {
          log(`${name} starts`);
          expire = fn;
          timer = setTimeout(expire, 300);
        },
        stop() {
          log(`${name} stops`);
          clearTimeout(timer);
        },
      };
    },
  }));
  test('ends the function', forever);
  test('is set by asyncTimeout', async ({ asyncTimeout }) => {
    asyncTimeout.set(1000);
    await ms(400);
  });
  fixture('db', async () => 'db');
  test('of fixtures as well', ({ db }) => {});
});

describe('on top of the one there is', () => {
  fixture('asyncTimeoutProvider', ({ asyncTimeoutProvider }) => ({
    load: what => asyncTimeoutProvider.load({ ...what, defaultTimeout: 33 }),
  }));
  test('with another limit', forever);
});
