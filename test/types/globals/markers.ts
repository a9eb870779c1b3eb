import { expectEqual } from '../helpers';

for (const form of [
  test.catchLoopExceptions,
  test.catchLoopExceptions(false),
  test.forbidGetEventLoop({ timers: true }),
  test.loop(),
  test.loopScope('file'),
  test.only.catchLoopExceptions,
  test.failing.loop,
  test.concurrent.loopScope('file').loop,
  it.skip.useFixtures('port').forbidGetEventLoop,
  fit.loop,
]) {
  form('x', async ({ port }) => expectEqual<typeof port, number>(true));
  form('x', { tags: ['x'] }, async ({ port }) => expectEqual<typeof port, number>(true));
  form.each([1])('x', (n, { port }) => expectEqual<[typeof n, typeof port], [number, number]>(true));
}
test.loop('done', done => done.fail());
// @ts-expect-error unknown fixture
test.loop('x', ({ database }) => void database);
// @ts-expect-error the session has its Loop in another process
test.loopScope('session');
// @ts-expect-error true or false
test.catchLoopExceptions(1);

describe.catchLoopExceptions('x', () => {});
describe.catchLoopExceptions(false).only('x', () => {});
describe.skip.loopScope('file').each([[1, 'a']])('x', (n, text) => {
  expectEqual<[typeof n, typeof text], [number, string]>(true);
});
fdescribe.loop('x', () => {});

const all = {
  useFixtures: ['port'],
  loopScope: 'file',
  catchLoopExceptions: false,
  forbidGetEventLoop: { timers: true },
  loop: true,
} as const;
test('x', all, ({ port }) => void port);
describe('x', all, () => {});
describe.only('x', all, () => {});
describe.each([[1, 'a']])('x', all, (n, text) =>
  expectEqual<[typeof n, typeof text], [number, string]>(true),
);
describe.each([{ a: 1 }])('x', all, ({ a }) => expectEqual<typeof a, number>(true));
describe.each`
  a
  ${1}
`('x', all, ({ a }) => void a);
// As before.
describe.each([1, 2])('x', n => expectEqual<typeof n, number>(true));
describe.each<[number, string]>([[1, 'a']])('x', (n, text) => {
  expectEqual<[typeof n, typeof text], [number, string]>(true);
});
describe.each([{ a: 1 }])('x', ({ a }) => expectEqual<typeof a, number>(true));
describe.each`
  a
  ${1}
`('x', ({ a }: { a: number }) => expectEqual<typeof a, number>(true));
describe(class Named {}, () => {});
// @ts-expect-error a block has no limit
describe('x', { timeout: 5 }, () => {});
// @ts-expect-error a block has no fixtures
describe.each([[1]])('x', all, (_n, { port }) => void port);

mark.loopScope('file');
mark.catchLoopExceptions(false);
mark.forbidGetEventLoop({ timers: true });
mark.loop();
// @ts-expect-error the session has its Loop in another process
mark.loopScope('session');
