'use strict';

/*
 * Call forms of the markers that must register. Needs the preset only; effects are not looked at, but for
 * useFixtures, and for what Jest says about each test (run, skipped, failing).
 * Expected: 113 passed, 17 skipped, 1 todo. Forms with `only` are in markers-forms-only.test.js.
 */
const ran = [];
const ok = name => () => void ran.push(name);
const never = () => {
  throw new Error('must not run');
};

fixture('db', () => 'db');
fixture('used', async function* () {
  ran.push('used up');
  yield 'used';
});

describe('test: called as they are', () => {
  test.catchLoopExceptions('catchLoopExceptions', ok('catch'));
  test.forbidGetEventLoop('forbidGetEventLoop', ok('forbid'));
  test.loop('loop', ok('loop'));
  it.loop('it', ok('it'));
  test.loop(12, ok('number as a title'));
  test.loop(class Title {}, ok('class as a title'));
  test.loop(function title() {}, ok('function as a title'));
  test.catchLoopExceptions('options', { tags: ['a'] }, ok('options'));
  test.catchLoopExceptions('limit', ok('limit'), 1000);
  test.catchLoopExceptions('options and limit', { tags: ['a'] }, ok('options and limit'), 1000);
  test.catchLoopExceptions('fixtures', async ({ db }) => expect(db).toBe('db'));
  test.catchLoopExceptions('done', done => done());
});

describe('test: called with their arguments first', () => {
  test.catchLoopExceptions()('catchLoopExceptions()', ok('catch()'));
  test.catchLoopExceptions(undefined)('catchLoopExceptions(undefined)', ok('catch(undefined)'));
  test.catchLoopExceptions(true)('catchLoopExceptions(true)', ok('catch(true)'));
  test.catchLoopExceptions(false)('catchLoopExceptions(false)', ok('catch(false)'));
  test.forbidGetEventLoop()('forbidGetEventLoop()', ok('forbid()'));
  test.forbidGetEventLoop(true)('forbidGetEventLoop(true)', ok('forbid(true)'));
  test.forbidGetEventLoop(false)('forbidGetEventLoop(false)', ok('forbid(false)'));
  test.forbidGetEventLoop({})('forbidGetEventLoop({})', ok('forbid({})'));
  test.forbidGetEventLoop({ timers: true })('forbidGetEventLoop({ timers: true })', ok('forbid(timers)'));
  test.loop()('loop()', ok('loop()'));
  for (const scope of ['test', 'describe', 'file', 'directory', 'worker']) {
    test.loopScope(scope)(`loopScope('${scope}')`, ok(`loopScope ${scope}`));
  }
  test.useFixtures('used')('useFixtures', () => expect(ran.pop()).toBe('used up'));
  test.useFixtures('used', 'db')('useFixtures of two', () => expect(ran.pop()).toBe('used up'));
});

describe('test: combined, in any order', () => {
  test.only.catchLoopExceptions;
  test.catchLoopExceptions.loop.forbidGetEventLoop('bare ones', ok('bare ones'));
  test
    .loopScope('file')
    .catchLoopExceptions(false)
    .useFixtures('used')
    .loop('all', ({ db }) => {
      expect([db, ran.pop()]).toEqual(['db', 'used up']);
    });
  test.catchLoopExceptions.catchLoopExceptions(false)('twice', ok('twice'));
  test.useFixtures('used').useFixtures('db')('names add up', ok('names add up'));
  test.skip.catchLoopExceptions('skip first', never);
  test.catchLoopExceptions.skip('skip last', never);
  test.catchLoopExceptions(false).skip('skip after an argument', never);
  test.skip.loopScope('file')('skip.loopScope', never);
  xit.loop('xit', never);
  xtest.useFixtures('unknown')('xtest, of an unknown fixture', never);
  test.failing.loop('failing first', never);
  test.loop.failing('failing last', never);
  test.failing.catchLoopExceptions(true)('failing with an argument', never);
  test.skip.failing.loop('skip.failing', never);
  test.loop.skip.failing('loop.skip.failing', never);
  test.concurrent.loopScope('file')('concurrent first', async () => {});
  test.loopScope('file').concurrent('concurrent last', async () => {});
  test.catchLoopExceptions.concurrent('bare, then concurrent', async () => {});
  test.concurrent.catchLoopExceptions('concurrent, then bare', async ({ db }) => expect(db).toBe('db'));
  test.concurrent.skip.loop('concurrent.skip.loop', never);
  test.loop.concurrent.failing('loop.concurrent.failing', async () => never());
  test.loop.todo('todo');
});

describe('test: tables', () => {
  test.catchLoopExceptions.each([[1, 2]])('rows %i %i', (a, b, { db }) =>
    expect([a, b, db]).toEqual([1, 2, 'db']),
  );
  test.catchLoopExceptions(false).each([1])('values %i', (a, { db }) => expect([a, db]).toEqual([1, 'db']));
  test.forbidGetEventLoop({ timers: true }).each`
    a    | b
    ${1} | ${2}
  `('template $a $b', ({ a, b }, { db }) => expect([a, b, db]).toEqual([1, 2, 'db']));
  test.loop.each([[1]])('options %i', { loopScope: 'file' }, (a, { db }) =>
    expect([a, db]).toEqual([1, 'db']),
  );
  test.loop.each([[1]])('without fixtures %i', a => expect(a).toBe(1));
  test.loop.each([[1]])('done %i', (a, done) => done());
  test.skip.loop.each([[1]])('skip %i', never);
  test.loop.skip.each([[1]])('skip last %i', never);
  test.failing.loop.each([[1]])('failing %i', never);
  test.concurrent.loop.each([[1]])('concurrent %i', async (a, { db }) => expect([a, db]).toEqual([1, 'db']));
  test.useFixtures('used').loop.each([[1]])('useFixtures %i', () => expect(ran.pop()).toBe('used up'));
});

describe('test: options', () => {
  test('catchLoopExceptions: true', { catchLoopExceptions: true }, ok('o'));
  test('catchLoopExceptions: false', { catchLoopExceptions: false }, ok('o'));
  test('forbidGetEventLoop: true', { forbidGetEventLoop: true }, ok('o'));
  test('forbidGetEventLoop: false', { forbidGetEventLoop: false }, ok('o'));
  test('forbidGetEventLoop: timers', { forbidGetEventLoop: { timers: true } }, ok('o'));
  test('loop', { loop: true }, ok('o'));
  test('undefined', { loop: undefined, catchLoopExceptions: undefined, loopScope: undefined }, ok('o'));
  for (const loopScope of ['test', 'describe', 'file', 'directory', 'worker']) {
    test(`loopScope: ${loopScope}`, { loopScope }, ok('o'));
  }
  test('useFixtures', { useFixtures: ['used'] }, () => expect(ran.pop()).toBe('used up'));
  test('all', {
    timeout: 1000,
    overrides: { db: 'other' },
    useFixtures: ['used'],
    loopScope: 'file',
    setup: 'parallel',
    tags: ['a'],
    catchLoopExceptions: true,
    forbidGetEventLoop: { timers: false },
    loop: true,
  }, ({ db, request }) => {
    expect([db, ran.pop(), request.test.tags]).toEqual(['other', 'used up', ['a']]);
  });
  test.loopScope('file')('over a modifier', { loopScope: 'test' }, ok('o'));
  test.skip('skip', { loop: true }, never);
  test.failing('failing', { loop: true }, never);
  test.concurrent('concurrent', { loop: true }, async () => {});
  test.each([[1]])('each %i', { catchLoopExceptions: false }, (a, { db }) =>
    expect([a, db]).toEqual([1, 'db']),
  );
});

describe('test: other members of a marked test', () => {
  const own = test.catchLoopExceptions.extend('own', () => 'own');
  own('extend', ({ own: value }) => expect(value).toBe('own'));
  own.loop.only;
  own.loop('extend, then a marker', ({ own: value }) => expect(value).toBe('own'));
  const { mergeTests } = require('jest-loop');
  mergeTests(test.loop, own.loop)('mergeTests', ({ own: value, db }) =>
    expect([value, db]).toEqual(['own', 'db']),
  );
  describe('hooks', () => {
    own.loop.beforeEach(({ own: value }) => void ran.push(value));
    own('see its fixtures', () => expect(ran.pop()).toBe('own'));
  });
  describe('override', () => {
    test.loop.override('db', 'overridden');
    test('counts', ({ db }) => expect(db).toBe('overridden'));
  });
  test.loop.describe.loop('describe', () => {
    test('of a test', ok('describe'));
  });
});

describe.catchLoopExceptions('describe.catchLoopExceptions', () => {
  test('of it', ok('d'));
});
describe.catchLoopExceptions()('describe.catchLoopExceptions()', () => {
  test('of it', ok('d'));
});
describe.catchLoopExceptions(false)('describe.catchLoopExceptions(false)', () => {
  test('of it', ok('d'));
});
describe.forbidGetEventLoop('describe.forbidGetEventLoop', () => {
  test('of it', ok('d'));
});
describe.forbidGetEventLoop({ timers: true })('describe.forbidGetEventLoop({ timers })', () => {
  test('of it', ok('d'));
});
describe.loopScope('file')("describe.loopScope('file')", () => {
  test('of it', ok('d'));
});
describe.loop('describe.loop', () => {
  test('of it', ok('d'));
});
describe.useFixtures('used')('describe.useFixtures', () => {
  test('of it', () => expect(ran.pop()).toBe('used up'));
});
describe
  .loopScope('file')
  .catchLoopExceptions.useFixtures('used')
  .loop('describe, combined', () => {
    test('of it', () => expect(ran.pop()).toBe('used up'));
  });
describe.skip.catchLoopExceptions.each([[1]])('describe.skip.catchLoopExceptions.each %i', n => {
  test(`of it ${n}`, never);
});
describe.catchLoopExceptions.skip('describe.catchLoopExceptions.skip', () => {
  test('of it', never);
});
describe.loopScope('file').skip.each([1])('describe.loopScope.skip.each %i', () => {
  test('of it', never);
});
xdescribe.loop('xdescribe', () => {
  test('of it', never);
});
describe.loop.each([[1, 2]])('describe.loop.each %i %i', (a, b) => {
  test('of it', () => expect([a, b]).toEqual([1, 2]));
});
describe.catchLoopExceptions(false).each`
  a
  ${1}
`('describe.catchLoopExceptions(false).each, template $a', ({ a }) => {
  test('of it', () => expect(a).toBe(1));
});

describe('describe with options', {
  useFixtures: ['used'],
  loopScope: 'file',
  catchLoopExceptions: false,
}, () => {
  test('of it', () => expect(ran.pop()).toBe('used up'));
  test('over it', { loopScope: 'test', catchLoopExceptions: true }, () => expect(ran.pop()).toBe('used up'));
});
describe('describe with all options', { forbidGetEventLoop: { timers: true }, loop: true }, () => {
  test('of it', ok('d'));
});
describe('describe with no option', {}, () => {
  test('of it', ok('d'));
});
describe.skip('describe.skip with options', { loop: true }, () => {
  test('of it', never);
});
describe.each([[1]])('describe.each with options %i', { useFixtures: ['used'] }, n => {
  test('of it', () => expect([n, ran.pop()]).toEqual([1, 'used up']));
});
describe.loop.each([[1]])('describe.loop.each with options %i', { useFixtures: ['used'] }, n => {
  test('of it', () => expect([n, ran.pop()]).toEqual([1, 'used up']));
});
describe.loop('describe.loop with options', { useFixtures: ['used'] }, () => {
  test('of it', () => expect(ran.pop()).toBe('used up'));
});

describe('mark', () => {
  mark.useFixtures('used', 'db');
  mark.catchLoopExceptions();
  mark.catchLoopExceptions(false);
  mark.forbidGetEventLoop();
  mark.forbidGetEventLoop(false);
  mark.forbidGetEventLoop({ timers: true });
  mark.loopScope('describe');
  mark.loop();
  test('counts for the tests of its block', () => expect(ran.pop()).toBe('used up'));
  describe('and for those of inner ones', () => {
    mark.loopScope('test');
    test('of it', () => expect(ran.pop()).toBe('used up'));
  });
});

describe('late', () => {
  test.each(['useFixtures', 'catchLoopExceptions', 'forbidGetEventLoop', 'loopScope', 'loop'])(
    'mark.%s() is refused while tests run',
    name => {
      const args = { useFixtures: ['db'], loopScope: ['file'] }[name] ?? [];
      expect(() => mark[name](...args)).toThrow(`mark.${name}() was called while tests were running`);
    },
  );
});

describe('wrong arguments', () => {
  const code = fn => {
    try {
      fn();
    } catch (error) {
      expect(error).toBeInstanceOf(Error);
      expect(error.message).toMatch(/called at .*markers-forms\S*:\d+\n {2}To fix: /);
      return `${error.code} ${error.message.split('\n')[0]}`;
    }
    return 'nothing was thrown';
  };
  const scopes = '"test", "describe", "file", "directory", "worker"';
  test.each([
    ['test.catchLoopExceptions', 'yes', 'true, false or nothing', '"yes" (string)'],
    ['test.catchLoopExceptions', { timers: true }, 'true, false or nothing', '{ timers: true } (object)'],
    ['describe.catchLoopExceptions', null, 'true, false or nothing', 'null'],
    ['mark.catchLoopExceptions', 1, 'true, false or nothing', '1 (number)'],
    [
      'test.forbidGetEventLoop',
      { timer: true },
      'true, false, { timers: true } or nothing',
      '{ timer: true } (object)',
    ],
    ['mark.forbidGetEventLoop', [], 'true, false, { timers: true } or nothing', '[] (array)'],
    ['test.loopScope', 'module', `one of ${scopes}`, '"module" (string)'],
    ['describe.loopScope', undefined, `one of ${scopes}`, 'undefined'],
    ['mark.loopScope', 1, `one of ${scopes}`, '1 (number)'],
    ['test.loop', true, 'nothing', 'true (boolean)'],
    ['mark.loop', false, 'nothing', 'false (boolean)'],
    ['test.useFixtures', 5, 'names of fixtures', '5 (number)'],
  ])('%s(%p)', (path, arg, expected, got) => {
    const [owner, name] = path.split('.');
    const from = { test, describe, mark }[owner];
    expect(code(() => from[name](arg))).toBe(
      `ERR_TEST_API Expected ${path}() to be called with ${expected}, got ${got}.`,
    );
  });
  test('two of them', () => {
    expect(code(() => test.catchLoopExceptions(true, () => {}))).toMatch(
      'got [Function anonymous] (function)',
    );
    expect(code(() => test.loopScope('file', () => {}))).toMatch('got [Function anonymous] (function)');
    expect(code(() => test.useFixtures())).toMatch('got undefined');
  });
  test('the session', () => {
    for (const [name, from] of Object.entries({ test, describe, mark })) {
      expect(code(() => from.loopScope('session'))).toBe(
        `ERR_TEST_API ${name}.loopScope('session') requests the session Loop, which lives in a different process from the tests.`,
      );
    }
  });
});
