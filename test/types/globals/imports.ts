// An import wins over the global.

import { beforeEach, test } from 'jest-loop';
import { expectEqual } from '../helpers';

beforeEach(async ({ port }) => void expectEqual<typeof port, number>(true));
test('x', async ({ port }) => expect(port).toBe(1));
// @ts-expect-error unknown fixture
beforeEach(async ({ database }) => void database);
