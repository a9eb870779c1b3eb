import { test } from 'jest-loop';
import { expectEqual, Todo } from '../helpers';

// All give the same test function back.
const same = test
  .override('port', 1)
  .override('port', async ({ port, server }, request) => port + server.url.length + request.path.length)
  .override('port', function* () {
    yield 1;
  })
  .override('port', async function* ({ port }) {
    yield port;
  })
  .override('todo', () => Promise.resolve(new Todo()))
  .override('port', { scope: 'file', params: [1, 2] }, (_, { param, test: info }) => {
    expectEqual<typeof info, undefined>(true);
    return param;
  })
  .override({ port: 1, server: [async ({ port }, use) => use({ url: `${port}` }), { scope: 'file' }] });
expectEqual<typeof same, typeof test>(true);

const extended = test.extend('own', new Todo()).extend('maker', () => (n: number) => n);
expectEqual<ReturnType<typeof extended.override<'own'>>, typeof extended>(true);
extended.override('maker', () => n => n + 1)('x', ({ maker }) => void maker(1));

// @ts-expect-error a port is a number
test.override('port', '1');
// @ts-expect-error a port is a number
test.override('port', () => '1');
// @ts-expect-error a port is a number
test.override('port', async function* () {
  yield '1';
});
// @ts-expect-error nothing to override
test.override('database', 1);
// @ts-expect-error another test function has it
test.override('own', new Todo());
// @ts-expect-error request cannot be overridden
test.override('request', undefined);
// @ts-expect-error a function is a definition, not a value
extended.override('maker', (n: number) => n);
// @ts-expect-error unknown fixture
test.override('port', ({ database }) => database);
// @ts-expect-error a port lives for a test
test.override('server', { scope: 'file' }, ({ port }) => ({ url: `${port}` }));
test.override('server', { timeout: 5 }, ({ server }) => server);
// @ts-expect-error unknown option
test.override('port', { autouse: true }, 1);
// @ts-expect-error a port is a number
test.override({ port: '1' });
// @ts-expect-error nothing to override
test.override({ database: 1 });
