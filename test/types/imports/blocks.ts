import { afterAll, afterEach, beforeAll, beforeEach, describe, mark, test } from 'jest-loop';
import { expectEqual } from '../helpers';

beforeEach(
  async ({ port, request }) => void expectEqual<[typeof port, typeof request.scope], [number, 'test']>(true),
);
afterEach(({ server }) => server.url, 100);
beforeAll(async ({ server }) => void server.url);
afterAll(() => {});
beforeEach(() => 5);
beforeEach(done => done());
beforeEach(function () {
  this.seen = true;
});
// @ts-expect-error unknown fixture
beforeEach(({ database }) => void database);
// @ts-expect-error a number of milliseconds
beforeEach(() => {}, '5s');
// @ts-expect-error a function
beforeEach(Promise.resolve());

describe('x', () => {
  test('y', () => {});
});
describe('x', () => test('y', () => {}));
describe.only('x', () => {});
describe.skip('x', () => {});
describe.useFixtures('port', 'server')('x', () => {});
describe.useFixtures('port').only('x', () => {});
describe.only.useFixtures('port').each([1])('x', n => expectEqual<typeof n, number>(true));
// @ts-expect-error unknown fixture
describe.useFixtures('database');
// @ts-expect-error a block is declared at once
describe('x', async () => {});
// @ts-expect-error a block has no fixtures
describe('x', ({ port }) => void port);

mark.useFixtures('port', 'server');
// @ts-expect-error unknown fixture
mark.useFixtures('database');
// @ts-expect-error a statement
mark.useFixtures('port')('x', () => {});
