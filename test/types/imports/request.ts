import {
  beforeAll,
  beforeEach,
  fixture,
  type Outcome,
  type Request,
  type Scope,
  type TestInfo,
  test,
} from 'jest-loop';
import { expectEqual, type Todo } from '../helpers';

test('in a test', async ({ request }) => {
  expectEqual<typeof request.name, string>(true);
  expectEqual<typeof request.scope, 'test'>(true);
  expectEqual<typeof request.param, undefined>(true);
  expectEqual<typeof request.signal, AbortSignal>(true);
  expectEqual<typeof request.test, TestInfo>(true);
  expectEqual<typeof request.path, string>(true);

  const todo = await request.get('todo');
  expectEqual<typeof todo, Todo>(true);
  const self = await request.get('request');
  expectEqual<typeof self.test, TestInfo>(true);
  const other = await request.get('not in Fixtures');
  expectEqual<typeof other, unknown>(true);
  const named = await request.get<Date>('not in Fixtures');
  expectEqual<typeof named, Date>(true);
  // @ts-expect-error a name
  request.get(1);

  request.onCleanup(() => {});
  request.onCleanup(async () => 1);
  // @ts-expect-error a function
  request.onCleanup(Promise.resolve());
  // @ts-expect-error read-only
  request.name = 'x';
});

test('destructured', ({ request: { onCleanup, get, test: info } }) => {
  onCleanup(() => {});
  const port = get('port');
  expectEqual<typeof port, Promise<number>>(true);
  expectEqual<typeof info.name, string>(true);
  expectEqual<typeof info.fullName, string>(true);
  expectEqual<typeof info.path, string>(true);
  expectEqual<typeof info.line, number | undefined>(true);
  expectEqual<typeof info.attempt, number>(true);
  expectEqual<typeof info.tags, readonly string[]>(true);
  expectEqual<typeof info.outcome, Outcome | undefined>(true);
  expectEqual<Outcome, 'passed' | 'failed' | 'skipped'>(true);
});

beforeEach(({ request }) => expectEqual<typeof request.test, TestInfo>(true));
// @ts-expect-error a hook that runs once has no test
beforeAll(({ request }) => request.test.name);

fixture('a', (_, { test: info }) => info.attempt);
fixture('a', ({ request }) => request.test.attempt);
fixture('a', { scope: 'describe' }, (_, { test: info }) => expectEqual<typeof info, undefined>(true));
fixture('a', { scope: 'file' }, ({ request }) => expectEqual<typeof request.test, undefined>(true));
// @ts-expect-error a file has many tests
fixture('a', { scope: 'file' }, (_, { test: info }) => info.attempt);
fixture('a', { params: [1, 2] }, ({ request }, { param }) => {
  expectEqual<typeof param, number>(true);
  expectEqual<typeof request.param, number>(true);
});

// Written by hand, for helpers.
declare function logTo(request: Request<unknown>): void;
test('passes its request on', ({ request }) => logTo(request));
fixture('a', { scope: 'file', params: [1] }, (_, request) => logTo(request));
expectEqual<Request['scope'], Scope>(true);
expectEqual<Request['test'], TestInfo | undefined>(true);
