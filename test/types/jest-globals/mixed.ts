// What the guide recommends: jest-loop's functions, beside expect and jest of @jest/globals.

import { expect, type jest } from '@jest/globals';
import { beforeEach, jest as loopJest, type expect as sameExpect, test } from 'jest-loop';
import { expectEqual } from '../helpers';

expectEqual<typeof expect, typeof sameExpect>(true);
expectEqual<typeof jest.spyOn, typeof loopJest.spyOn>(true);
expectEqual<jest.Mocked<Date>, loopJest.Mocked<Date>>(true);
loopJest.fn((n: number) => n).mockReturnValueOnce(1);
// @ts-expect-error compilers do not move it above the imports
loopJest.mock('./helpers');
// @ts-expect-error it would look for the file beside jest-loop's own
loopJest.requireActual('./helpers');
beforeEach(async ({ port }) => void port);
test.each([[1]])('x', async (n, { port }) => expect(n).toBe(port));
// @ts-expect-error unknown fixture
beforeEach(async ({ database }) => void database);
