const { log } = require('../log');

const logged = (name, options) =>
  fixture(name, options, async function* (_, { param }) {
    log(`${name} ${param} up`);
    yield param;
    log(`${name} ${param} down`);
  });

logged('each', { scope: 'describe', params: ['x', 'y'] });
logged('auto', { scope: 'file', auto: true, params: [1, 2] });

describe('one', () => {
  test('has its own', ({ each }) => log(`one ${each}`));
  describe('inner', () => {
    logged('nearer', { scope: 'describe', params: ['a', 'b'] });
    beforeAll(({ nearer }) => log(`beforeAll ${nearer}`));
    test('both', ({ each, nearer }) => log(`${each} ${nearer}`));
    test('the outer one', ({ each }) => log(each));
  });
});
describe('two', () => {
  test('has its own', ({ each }) => log(`two ${each}`));
});
