const { log, logged } = require('../log');

fixture('t1', async function* ({ t2, f1 }) {
  log('t1 up');
  yield;
  log('t1 down');
});
fixture('t2', logged('t2'));
fixture('f1', { scope: 'file' }, async function* ({ f2 }) {
  log('f1 up');
  yield;
  log('f1 down');
});
fixture('f2', { scope: 'file' }, logged('f2'));
fixture('d1', { scope: 'describe' }, logged('d1'));
fixture('autoTest', { auto: true }, logged('autoTest'));
fixture('autoFile', { auto: true, scope: 'file' }, logged('autoFile'));

test('wider first, auto first, dependencies before dependants', ({ t1, d1 }) => log('body 1'));
test('wide ones are up already', ({ d1, t2 }) => log('body 2'));
describe('block', () => {
  test('its own instance of a describe-scoped fixture', ({ d1 }) => log('body 3'));
  describe('inner', () => {
    test('shared by the outermost block', ({ d1 }) => log('body 4'));
    describe('declaring', () => {
      fixture('own', { scope: 'describe' }, logged('own'));
      test('lives as long as the block that declares it', ({ own, d1 }) => log('body 5'));
      describe('innermost', () => {
        test('also below', ({ own }) => log('body 6'));
      });
      afterAll(() => log('afterAll of declaring'));
    });
    test('after it', () => log('body 7'));
  });
});
