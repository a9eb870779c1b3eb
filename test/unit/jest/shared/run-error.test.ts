import type { InstanceView } from '../../../../src/fixtures/life/interfaces/views';
import {
  asRunError,
  plainRunError,
  teardownError,
  unhandledError,
} from '../../../../src/jest/shared/run-error';
import { siteAt } from '../../support';

const instance = {
  fixture: { scope: 'worker', declaration: { name: 'db', site: siteAt('setup.ts:3') } },
} as unknown as InstanceView;

/** An error with these frames. */
const failing = (frames: string, cause?: unknown): Error =>
  Object.assign(new Error('no connection', cause === undefined ? {} : { cause }), {
    stack: `Error: no connection\n${frames}`,
  });

function fail(): never {
  throw new Error('not to be seen');
}

test('a teardown error names the fixture and its place, and shows where it was thrown', () => {
  const { message, stack, path } = teardownError(failing('    at close (/p/db.ts:7:1)'), instance, {
    path: '/p/a.test.ts',
  });
  expect(message).toMatch(/^Fixture "db" \(scope "worker"\) failed in its teardown: no connection\n/);
  expect(message).toContain('"db" is declared at setup.ts:3');
  expect(stack).toBe(`Error: ${message}\n    at close (/p/db.ts:7:1)`);
  expect(path).toBe('/p/a.test.ts');
});

test.each([
  [
    'a time limit',
    'ERR_TIMEOUT',
    'Fixture "db" took too long to tear down: setup.ts:3 (timeout=25ms)\n  waiting for: sleep(9)',
  ],
  ['that of a cleanup', 'ERR_TIMEOUT', 'A cleanup of fixture "db" took too long to complete: setup.ts:3'],
  [
    'a second yield',
    'ERR_FIXTURE_YIELDED_TWICE',
    'Fixture "db" yielded twice; only teardown may follow the first yield.',
  ],
])('an error that says which teardown failed is reported as it is: %s', (_, code, text) => {
  const error = Object.assign(new Error(text), { code });
  expect(teardownError(error, instance, {}).message).toBe(text);
  const ofAnother = Object.assign(new Error(text.replace('"db"', '"port"')), { code });
  expect(teardownError(ofAnother, instance, {}).message).toMatch(
    /^Fixture "db" \(scope "worker"\) failed in its teardown: .*"port"/,
  );
});

test("an error of Node's without a frame of the user's is shown at the fixture's declaration", () => {
  const { message, stack } = teardownError(
    failing('    at TCPConnectWrap.afterConnect (node:net:1637:16)'),
    instance,
    {},
  );
  expect(stack.startsWith(`Error: ${message}\n`)).toBe(true);
  expect(stack).toMatch(/\n {4}at .*\/p\/setup\.ts:3:1\)?$/);
});

test('an unhandled error', () => {
  const { message, path } = unhandledError('a string', instance, {});
  expect(message).toMatch(/^Fixture "db" \(scope "worker"\) has an unhandled error: thrown: 'a string'\n/);
  expect(path).toBeUndefined();
});

test.each([['a string'], [null], [Object.assign(new Error('no frames'), { stack: undefined })]])(
  'what has no frames is shown where the fixture is declared: %p',
  thrown => {
    const { message, stack } = teardownError(thrown, instance, {});
    expect(stack).toBe(`Error: ${message}\n    at /p/setup.ts:3:1`);
  },
);

test.each([
  ['by a getter', Object.defineProperty({}, 'message', { get: () => fail() })],
  ['by a proxy', new Proxy({}, { get: () => fail() })],
  ['by how it shows itself', { [Symbol.for('nodejs.util.inspect.custom')]: () => fail() }],
])('what cannot be shown, %s, is reported all the same', (_how, thrown) => {
  expect(teardownError(thrown, instance, {}).message).toMatch(
    /^Fixture "db" \(scope "worker"\) failed in its teardown: thrown: /,
  );
  const both = new AggregateError([thrown], 'both', { cause: thrown });
  expect(asRunError(both).stack).toMatch(/^Error: both\n/);
});

test('the cause is shown', () => {
  const { stack } = asRunError(failing('    at /p/db.ts:7:1', new TypeError('the cause')));
  expect(stack).toMatch(/^Error: no connection\n {4}at \/p\/db\.ts:7:1\n\nCause:\nTypeError: the cause/);
});

test('the errors of an AggregateError are shown', () => {
  const both = new AggregateError([new TypeError('one'), 'two'], 'both');
  expect(asRunError(both).stack).toMatch(
    /\n\nErrors contained in AggregateError:\nTypeError: one\n(?: {4}at .*\n)+'two'$/,
  );
});

test('a reported error stays as it is', () => {
  const reported = teardownError(failing('    at /p/db.ts:7:1'), instance, {});
  expect(asRunError(reported, '/p/b.test.ts')).toBe(reported);
});

test('a reported error can be sent', () => {
  const plain = plainRunError(
    teardownError(failing('    at /p/db.ts:7:1'), instance, { path: '/p/a.test.ts', project: 'p' }),
  );
  expect(structuredClone(plain)).toEqual(plain);
  expect(Object.keys(plainRunError(asRunError(undefined)))).toEqual(['message', 'stack']);
});
