const { log } = require('../log');

describe('a body', () => {
  test('skips', ({ up, outcome, request }) => {
    request.skip('not today');
    log('never');
  });
  test('later', async ({ up, outcome, request: { skip } }) => {
    await new Promise(resolve => setTimeout(resolve, 5));
    skip();
    log('never');
  });
  test('without reaching its expectations', ({ request }) => {
    expect.assertions(3);
    request.skip('no assertions');
  });
  test('passes if it catches', ({ outcome, request }) => {
    expect(() => request.skip('caught')).toThrow('Skipped: caught');
  });
  test.failing('is no pass where it is to fail', ({ outcome, request }) => request.skip('failing'));
  test.failing('is a failure where its teardown fails', ({ failsToEnd, request }) => request.skip('failing'));
  test('gives way to an error of a teardown', ({ failsToEnd, outcome, request }) => request.skip('lost'));
  test('gives way to an error of a cleanup', ({ request }) => {
    request.onCleanup(() => {
      throw new Error('cleanup failed');
    });
    request.skip('lost');
  });
  test.each([1, 2])('of row %d', (row, { request }) => {
    if (row === 1) request.skip('first row');
  });
  test('of a value', ({ server }) => log(`server ${server}`));
  test('takes a reason', ({ request }) => request.skip(true, 'as in Playwright'));
});

describe('test.concurrent', () => {
  test.concurrent('skips', async ({ outcome, request }) => request.skip('concurrent'));
  test.concurrent('runs', async ({ outcome }) => {});
  test.concurrent
    .failing('is no pass', async ({ outcome, request }) => request.skip('concurrent'));
  test.concurrent('through a fixture', async ({ no_test }) => log('never'));
});

describe.each(['session', 'worker', 'directory', 'file', 'describe', 'test'])(
  'a fixture of scope %s',
  scope => {
    mark.useFixtures(`no_${scope}`);
    test('skips its requester', ({ up, outcome }) => log('never'));
    test('and later ones', () => log('never'));
    test.failing('also those that are to fail', () => log('never'));
  },
);

describe('at run time', () => {
  test('it skips', async ({ outcome, request }) => {
    await request.get('no_file');
    log('never');
  });
  test('unless it is caught', async ({ outcome, request }) => {
    await expect(request.get('no_session')).rejects.toThrow('Skipped: no session here (first seen in "');
  });
});

describe('hooks', () => {
  describe('beforeAll', () => {
    beforeAll(({ request }) => request.skip('no block'));
    beforeEach(() => log('never'));
    afterEach(() => log('never'));
    afterAll(() => log('afterAll runs'));
    test.skip('is skipped anyway', () => log('never'));
    test('skips its tests', () => log('never'));
    test.failing('also those that are to fail', () => log('never'));
    describe('and blocks', () => {
      beforeAll(() => log('never'));
      test('further in', ({ up }) => log('never'));
    });
  });
  describe('beforeAll with a todo', () => {
    beforeAll(({ request }) => request.skip('no block, but a todo'));
    test.todo('stays one');
    describe('in blocks', () => {
      beforeAll(() => {
        throw new Error('never');
      });
      test('further in', () => log('never'));
      test.todo('stays one');
      describe.skip('that are skipped', () => test.todo('stays skipped'));
    });
  });
  describe('beforeAll with only a todo', () => {
    beforeAll(({ no_file }) => log('never'));
    test.todo('stays one');
  });
  describe('beforeAll, through a fixture', () => {
    beforeAll(({ no_describe }) => log('never'));
    test('skips its tests', () => log('never'));
  });
  describe('beforeAll, with one of two values', () => {
    fixture('half', { scope: 'describe', params: ['down', 'up'] }, (_, request) =>
      request.param === 'down' ? request.skip('down') : request.param,
    );
    beforeAll(({ half }) => log(`beforeAll ${half}`));
    afterAll(() => log('afterAll runs'));
    test('skips those of that value', () => log('the body ran'));
    test.failing('also those that are to fail', ({ half }) => {
      throw new Error(half);
    });
  });
  describe('beforeAll beside one that fails', () => {
    beforeAll(({ request }) => request.skip('lost'));
    beforeAll(() => {
      throw new Error('failed');
    });
    test('gives way', () => log('never'));
  });
  describe('beforeEach', () => {
    beforeEach(({ up, request }) => request.skip('not this one'));
    afterEach(() => log('afterEach runs'));
    test('skips', ({ outcome }) => log('never'));
  });
  describe('beforeEach after expect.hasAssertions()', () => {
    beforeEach(() => expect.hasAssertions());
    beforeEach(({ request }) => request.skip('no expectations'));
    test('skips', () => log('never'));
  });
  describe('afterEach', () => {
    afterEach(({ request }) => request.skip('after all'));
    test('skips', ({ outcome }) => log('the body ran'));
    test('gives way', () => {
      throw new Error('failed before');
    });
  });
  describe('afterAll', () => {
    afterAll(({ request }) => request.skip('too late'));
    test('skips nothing', ({ outcome }) => {});
  });
});
