import { type TestOptions, test } from 'jest-loop';
import { expectEqual } from '../helpers';

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
// Literals of a union stay literals in what an override gives.
const withState = test.extend<{ state: { kind: 'off' } | { kind: 'on'; since: number } }>({
  state: { kind: 'off' },
});
withState('value', { overrides: { state: { kind: 'on', since: 1 } } }, () => {});
withState(
  'function',
  { overrides: { state: () => ({ kind: 'on', since: 1 }) } },
  ({ state }) => void state.kind,
);
withState('async', { overrides: { state: async () => ({ kind: 'on', since: 1 }) } }, () => {}, 500);
withState(
  'with dependencies',
  { overrides: { state: ({ port }) => ({ kind: 'on', since: port }) } },
  () => {},
);
withState(
  'generator',
  {
    overrides: {
      async *state() {
        yield { kind: 'on', since: 1 };
      },
    },
  },
  () => {},
);
withState.each([[1]])('table', { overrides: { state: () => ({ kind: 'on', since: 1 }) } }, (n, { state }) => {
  expectEqual<[typeof n, typeof state.kind], [number, 'off' | 'on']>(true);
});
// @ts-expect-error no such kind
withState('wrong', { overrides: { state: () => ({ kind: 'no', since: 1 }) } }, () => {});
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
