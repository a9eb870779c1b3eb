const { log } = require('./log');

fixture('wide', { scope: 'file', auto: true }, async function* () {
  log('wide up');
  yield 1;
  log('wide down');
});
fixture('fileView', { scope: 'file' }, ({ name }) => `file sees ${name}`);
fixture('testView', ({ name }) => `test sees ${name}`);
fixture('blockView', { scope: 'describe' }, ({ name }) => `block sees ${name}`);
fixture('name', { scope: 'file' }, 'file');

test('auto', () => log('test'));
describe('overriding in a block', () => {
  fixture('wide', async function* ({ wide }) {
    log('override up');
    yield wide + 1;
    log('override down');
  });
  fixture('name', 'block');
  test('inherits auto, and a scope that fits the place', ({ wide }) => log(`one ${wide}`));
  test('one instance for the block', ({ wide }) => log(`two ${wide}`));
  test('a wide fixture sees what its own scope sees', ({ fileView, testView, blockView }) => {
    expect([fileView, testView, blockView]).toEqual([
      'file sees file',
      'test sees block',
      'block sees block',
    ]);
  });
});
describe('params are not inherited', () => {
  fixture('list', ({ list }) => list * 10);
  test('but multiply through the base', ({ list }) => log(`list ${list}`));
});
describe('params are not inherited by a value', () => {
  fixture('list', 'plain');
  test('once', ({ list }) => log(`list ${list}`));
});
afterAll(() => log('afterAll of the file'));
