import { type TestOptions, test } from 'jest-loop';

test('all', {
  timeout: 500,
  overrides: { port: 1, server: async ({ port }, { onCleanup }) => ({ url: `${port}${onCleanup}` }) },
  useFixtures: ['port', 'server'],
  loopScope: 'file',
  setup: 'parallel',
  tags: ['slow'],
}, ({ port }) => {
  port.toFixed();
});
test('none', {}, () => {}, 500);
test('infinite', { timeout: Number.POSITIVE_INFINITY }, () => {});
test('override by generator', {
  overrides: {
    port: function* () {
      yield 1;
    },
  },
}, () => {});
test('override by async generator', {
  overrides: {
    port: async function* () {
      yield 1;
    },
  },
}, () => {});
test.only('in any form', { tags: ['slow'] }, ({ port }) => void port.toFixed());

// @ts-expect-error unknown option
test('x', { timeot: 500 }, () => {});
// @ts-expect-error a number of milliseconds
test('x', { timeout: '5s' }, () => {});
// @ts-expect-error a port is a number
test('x', { overrides: { port: '1' } }, () => {});
// @ts-expect-error a port is a number
test('x', { overrides: { port: () => '1' } }, () => {});
// @ts-expect-error nothing to override
test('x', { overrides: { database: 1 } }, () => {});
// @ts-expect-error request cannot be overridden
test('x', { overrides: { request: undefined } }, () => {});
// @ts-expect-error unknown fixture
test('x', { useFixtures: ['database'] }, () => {});
// @ts-expect-error not a scope
test('x', { loopScope: 'module' }, () => {});
// @ts-expect-error parallel or sequential
test('x', { setup: 'fast' }, () => {});
// @ts-expect-error words
test('x', { tags: [1] }, () => {});
// @ts-expect-error no function
test('x', { tags: ['slow'] });

export const shared: TestOptions = { tags: ['slow'] };
test('x', shared, ({ port }) => void port);
