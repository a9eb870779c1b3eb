import {
  type DescribeOptions,
  describe,
  type ForbidGetEventLoop,
  type LoopScope,
  mark,
  type TestOptions,
  test,
} from 'jest-loop';
import { expectEqual, value } from '../helpers';

// As they are, called with their arguments first, and combined in any order.
for (const form of [
  test.catchLoopExceptions,
  test.catchLoopExceptions(),
  test.catchLoopExceptions(false),
  test.forbidGetEventLoop,
  test.forbidGetEventLoop(true),
  test.forbidGetEventLoop({ timers: true }),
  test.loop,
  test.loop(),
  test.loopScope('file'),
  test.only.catchLoopExceptions,
  test.catchLoopExceptions.only,
  test.catchLoopExceptions(false).skip,
  test.failing.loop,
  test.loop.failing,
  test.only.failing.loop.forbidGetEventLoop,
  test.concurrent.loopScope('file'),
  test.loopScope('worker').concurrent.only.failing.catchLoopExceptions,
  test.loop.useFixtures('port').catchLoopExceptions(true).forbidGetEventLoop({}),
]) {
  form('x', async ({ port }) => expectEqual<typeof port, number>(true), 5);
  form('x', { timeout: 5 }, async ({ port }) => expectEqual<typeof port, number>(true));
  form('x', done => done());
  form.each([[1]])('x', (n, { port }) => expectEqual<[typeof n, typeof port], [number, number]>(true));
  // @ts-expect-error unknown fixture
  form('x', ({ database }) => void database);
  // @ts-expect-error unknown option
  form('x', { timeot: 5 }, () => {});
}
expectEqual<ReturnType<typeof test.loopScope>, typeof test>(true);

// Nothing is lost by a marker.
const own = test.catchLoopExceptions.extend('own', ({ port }) => [port]);
own.loop('x', ({ own: list }) => expectEqual<typeof list, number[]>(true));
own.loopScope('file').useFixtures('own')('x', ({ own: list }) => expectEqual<typeof list, number[]>(true));
own.forbidGetEventLoop(false).beforeEach(async ({ own: list }) => void list.length);
test.loop.todo('x');
test.loop.override('port', 1);
test.loop.describe.loop('x', () => {});

// @ts-expect-error its argument comes first
test.loopScope('x', () => {});
// @ts-expect-error the session has its Loop in another process
test.loopScope('session');
// @ts-expect-error not a scope
test.loopScope('module');

test.backend('virtual')('x', () => {});
test.backend(['chaos', { seed: 1 }]).only('x', () => {});
describe.backend(['node', ['chaos', { window: 5 }]])('x', () => {});
mark.backend('virtual');
test('x', { backend: ['node', 'virtual'] }, () => {});
describe('x', { backend: ['virtual', { threshold: 50 }] }, () => {});
// @ts-expect-error No backend.
test.backend(7);
// @ts-expect-error It needs its argument.
test.backend('x', () => {});
// @ts-expect-error No backend.
test('x', { backend: { name: 'virtual' } }, () => {});
// @ts-expect-error true or false
test.catchLoopExceptions('yes');
// @ts-expect-error unknown key
test.forbidGetEventLoop({ timer: true });
// @ts-expect-error it takes no argument
test.loop(true);
// @ts-expect-error only markers are called without a test
test();

// Blocks.
describe.catchLoopExceptions('x', () => {});
describe.catchLoopExceptions(false)('x', () => {});
describe.forbidGetEventLoop({ timers: true }).only('x', () => {});
describe.loopScope('describe').loop('x', () => {});
describe.skip.catchLoopExceptions.each([[1, 'a']])('x', (n, text) => {
  expectEqual<[typeof n, typeof text], [number, string]>(true);
});
describe.loop.skip.each([1])('x', { loopScope: 'file' }, n => expectEqual<typeof n, number>(true));
// @ts-expect-error a block has no fixtures
describe.loop('x', ({ port }) => void port);
// @ts-expect-error the session has its Loop in another process
describe.loopScope('session');

// Options.
const all = {
  useFixtures: ['port'],
  loopScope: 'file',
  catchLoopExceptions: false,
  forbidGetEventLoop: { timers: true },
  loop: true,
} satisfies DescribeOptions;
test('x', all, ({ port }) => void port);
test.each([[1]])('x', all, (_n, { port }) => void port);
for (const form of [describe, describe.only, describe.skip]) {
  form('x', all, () => {});
  form.each([[1]])('x', all, n => expectEqual<typeof n, number>(true));
  form.each`
    a
    ${1}
  `('x', all, ({ a }) => void a);
}
own.describe('x', { useFixtures: ['own'] }, () => {});
export const shared: TestOptions = value<DescribeOptions>();
// @ts-expect-error the session has its Loop in another process
test('x', { loopScope: 'session' }, () => {});
// @ts-expect-error true or false
test('x', { loop: 'yes' }, () => {});
// @ts-expect-error true, false or { timers }
test('x', { forbidGetEventLoop: 'timers' }, () => {});
// @ts-expect-error a block has no limit
describe('x', { timeout: 5 }, () => {});
// @ts-expect-error unknown fixture
describe('x', { useFixtures: ['database'] }, () => {});
// @ts-expect-error a block is declared at once
describe('x', { loop: true }, async () => {});
// @ts-expect-error no function
describe('x', { loop: true });
// @ts-expect-error a block has no fixtures
describe.each([[1]])('x', { loop: true }, (_n, { port }) => void port);

// Statements.
mark.catchLoopExceptions();
mark.catchLoopExceptions(false);
mark.forbidGetEventLoop();
mark.forbidGetEventLoop(value<ForbidGetEventLoop>());
mark.loopScope(value<LoopScope>());
mark.loop();
// @ts-expect-error the session has its Loop in another process
mark.loopScope('session');
// @ts-expect-error which scope
mark.loopScope();
// @ts-expect-error true or false
mark.catchLoopExceptions('yes');
// @ts-expect-error it takes no argument
mark.loop(true);
// @ts-expect-error a statement
mark.loop('x', () => {});
