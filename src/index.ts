import type * as JestGlobals from '@jest/globals';
import { api, jestOwn } from './jest/api';

/** All that is public; each name is looked up in the session of the test file that asks. */
export const test = api('test');
export const it = api('it');
export const describe = api('describe');
export const beforeAll = api('beforeAll');
export const beforeEach = api('beforeEach');
export const afterEach = api('afterEach');
export const afterAll = api('afterAll');
export const fixture = api('fixture');
export const mark = api('mark');
export const mergeTests = api('mergeTests');
export const expect = jestOwn('expect') as unknown as typeof JestGlobals.expect;
export const jest = jestOwn('jest') as unknown as typeof JestGlobals.jest;
