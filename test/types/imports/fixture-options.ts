import { type FixtureOptions, fixture, type Scope } from 'jest-loop';
import { expectEqual, value } from '../helpers';

fixture('a', { scope: 'file', auto: true, timeout: 500, loopScope: 'worker', deps: ['b'] }, () => 1);
fixture('a', { timeout: Number.POSITIVE_INFINITY }, 1);
fixture('a', {}, 1);
for (const scope of ['test', 'describe', 'file', 'directory', 'worker', 'session'] as const) {
  fixture('a', { scope }, (_, request) => expectEqual<typeof request.scope, Scope>(true));
}

// @ts-expect-error not a scope
fixture('a', { scope: 'module' }, 1);
// @ts-expect-error not an option
fixture('a', { autouse: true }, 1);
// @ts-expect-error a number of milliseconds
fixture('a', { timeout: '5s' }, 1);
// @ts-expect-error names
fixture('a', { deps: [1] }, 1);
// @ts-expect-error an array
fixture('a', { params: 'ab' }, 1);
// @ts-expect-error one text per value, or a function
fixture('a', { params: [1], ids: 'one' }, 1);
// @ts-expect-error no definition
fixture('a');

const options: FixtureOptions = { scope: 'file', params: [1, 'x'] };
fixture('a', options, (_, { param }) => expectEqual<typeof param, unknown>(true));
fixture('a', value<FixtureOptions<Date, 'describe'>>(), (_, { param, test }) => {
  expectEqual<typeof param, Date>(true);
  expectEqual<typeof test, undefined>(true);
});
