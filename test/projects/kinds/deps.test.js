const { log } = require('../log');

fixture('a', 1);
fixture('named', { deps: ['a'] }, deps => deps.a + 1);
fixture(
  'bound',
  { deps: ['a'] },
  function ({ a }) {
    return this.plus + a;
  }.bind({ plus: 10 }),
);
fixture('identifier', _ => 'no dependencies');
fixture('noParameter', () => 'none');
const lowered = { deps: ['a'] };
// What Babel and SWC make of an async generator for old targets.
fixture('shell', lowered, function (_x) {
  return _shell.apply(this, arguments);
});
function _wrapAsyncGenerator(fn) {
  return function () {
    const it = fn.apply(this, arguments);
    return {
      next: async v => it.next(v),
      return: async v => it.return(v),
      throw: async e => it.throw(e),
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  };
}
function _shell() {
  _shell = _wrapAsyncGenerator(function* ({ a }) {
    log('shell up');
    yield a + 100;
    log('shell down');
  });
  return _shell.apply(this, arguments);
}

test('deps name the dependencies', ({ named, bound }) => expect([named, bound]).toEqual([2, 11]));
test('an identifier is no dependency', ({ identifier, noParameter }) => {
  expect([identifier, noParameter]).toEqual(['no dependencies', 'none']);
});
test('a generator behind a forwarding shell', ({ shell }) => expect(shell).toBe(101));
