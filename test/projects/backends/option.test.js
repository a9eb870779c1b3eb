const { log } = require('../log');

describe('one', () => {
  test('by option', { backend: 'virtual' }, async ({ eventLoop, loopBackendName }) => {
    expect(loopBackendName).toBe('virtual');
    const began = Date.now();
    await eventLoop.sleep(3_600_000);
    expect(Date.now() - began).toBe(3_600_000);
  });

  test(
    'with options',
    { backend: ['virtual', { threshold: 1 }] },
    ({ loopBackendName, loopBackendOptions }) =>
      expect([loopBackendName, loopBackendOptions]).toEqual(['virtual', { threshold: 1 }]),
  );

  test.backend('virtual')('by modifier', ({ loopBackendName }) => expect(loopBackendName).toBe('virtual'));

  test.backend('virtual').each([1, 2])('by modifier, each %i', (n, { loopBackendName }) =>
    expect(loopBackendName).toBe('virtual'),
  );

  test('back on real time', ({ loopBackendName }) => expect(loopBackendName).toBe('node'));
});

describe('of a block', { backend: 'virtual' }, () => {
  test('for each', ({ loopBackendName }) => expect(loopBackendName).toBe('virtual'));
  describe('and inner ones', () => {
    test('for each', ({ loopBackendName }) => expect(loopBackendName).toBe('virtual'));
  });
  test('the nearest wins', { backend: 'node' }, ({ loopBackendName }) =>
    expect(loopBackendName).toBe('node'),
  );
  test(
    'over other overrides',
    { backend: 'node', overrides: { loopBackend: 'chaos' } },
    ({ loopBackendName }) => expect(loopBackendName).toBe('node'),
  );
});

describe.backend('virtual')('by modifier', () => {
  test('for each', ({ loopBackendName }) => expect(loopBackendName).toBe('virtual'));
});

describe('by statement', () => {
  mark.backend('virtual');
  test('for each', ({ loopBackendName }) => expect(loopBackendName).toBe('virtual'));
});

describe('several', () => {
  test('of a test', { backend: ['node', ['virtual', { threshold: 1 }], 'virtual'] }, async ({
    loopBackendName,
  }) => {
    log(`of a test: ${loopBackendName}`);
  });

  test('of a synchronous one, too', { backend: ['node', 'virtual'] }, () => {});

  describe('of a block', { backend: ['node', 'virtual'] }, () => {
    test('waits', async ({ eventLoop }) => {
      await eventLoop.sleep(1);
    });
    test('does not', () => {});
    test('on one alone', { backend: 'chaos' }, async () => {});
  });
});

test('unknown', { backend: 'virtaul' }, async () => {});
test('an unknown one of several', { backend: ['node', 'virtaul'] }, async () => {});
