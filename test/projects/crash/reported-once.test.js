const { log } = require('../log');

const fails = message => () => {
  throw new Error(message);
};

fixture('db', { scope: 'file' }, fails('no db'));
fixture('users', { scope: 'file' }, ({ db }) => log('never'));

describe('two beforeAll hooks that need what failed', () => {
  beforeAll(({ db }) => log('never'));
  beforeAll(({ users }) => log('never'));
  test('fail a test once', () => log('never'));
  describe('further in', () => {
    beforeAll(({ db }) => log('never'));
    afterAll(({ db }) => log('never'));
    test('as well', ({ users }) => log('never'));
  });
});

describe('another block', () => {
  beforeAll(({ db }) => log('never'));
  beforeAll(() => log('a hook that does not need it runs'));
  fixture('db', { scope: 'describe' }, fails('another db'));
  test('has a failure of its own', () => log('never'));
});

describe('auto, and hooks of a block inside', () => {
  fixture('needed', { scope: 'describe', auto: true }, fails('not up'));
  beforeAll(() => log('never'));
  describe('further in', () => {
    beforeAll(() => log('never'));
    beforeAll(({ needed }) => log('never'));
    test('one failure', ({ needed }) => log('never'));
  });
});
