// What the guide recommends: jest-loop's functions, beside expect and jest of @jest/globals.

import { expect, type jest } from '@jest/globals';
import { beforeEach, type expect as sameExpect, type jest as sameJest, test } from 'jest-loop';
import { expectEqual } from '../helpers';

expectEqual<typeof expect, typeof sameExpect>(true);
expectEqual<typeof jest, typeof sameJest>(true);
beforeEach(async ({ port }) => void port);
test.each([[1]])('x', async (n, { port }) => expect(n).toBe(port));
// @ts-expect-error unknown fixture
beforeEach(async ({ database }) => void database);
