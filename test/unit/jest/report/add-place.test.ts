import { addPlace, addPlaceOf } from '../../../../src/jest/report/add-place';
import { originalOf } from '../../../../src/jest/report/error-copies';
import { siteAt } from '../../support';
import { realm } from '../support';

describe('an error of a fixture', () => {
  const db = { name: 'db', site: siteAt('a.ts:3') };
  const native = '\n    at TCPConnectWrap.afterConnect (node:net:1555:16)';
  const placed = (error: { stack?: unknown }): unknown => {
    const placed = addPlace(realm, error, db, 'set-up') as { stack?: unknown };
    return placed.stack;
  };

  test('gets the place of its fixture', () => {
    expect(placed({ stack: `Error: refused${native}` })).toBe(
      `Error: refused${native}\n    at set-up of fixture db (/p/a.ts:3:1)`,
    );
    expect(placed({ stack: 'Error: refused' })).toBe(
      'Error: refused\n    at set-up of fixture db (/p/a.ts:3:1)',
    );
  });

  test('gets it after the frames of what the fixture called, and once', () => {
    const stack = `Error: refused${native}\n    at fn (/p/b.ts:1:1)`;
    const error = { stack };
    const first = placed(error);
    expect(first).toBe(`${stack}\n    at set-up of fixture db (/p/a.ts:3:1)`);
    expect(placed(error)).toBe(first);
    addPlace(realm, error, { name: 'other', site: siteAt('a.ts:9') }, 'set-up');
    expect(error.stack).toBe(first);
  });

  test('keeps its stack if that shows the fixture, or is missing', () => {
    const stack = `Error: refused${native}\n    at fixture (/p/a.ts:3:1)`;
    expect(placed({ stack })).toBe(stack);
    expect(placed({})).toBeUndefined();
    expect(() => addPlace(realm, undefined, db, 'set-up')).not.toThrow();
  });

  test('is copied if it is frozen', () => {
    const frozen = Object.freeze(Object.assign(new Error('refused'), { stack: 'Error: refused', port: 1 }));
    const placed = addPlace(realm, frozen, db, 'teardown') as typeof frozen;
    expect(placed.stack).toBe('Error: refused\n    at teardown of fixture db (/p/a.ts:3:1)');
    expect([placed.message, placed.port, originalOf(placed) === frozen]).toEqual(['refused', 1, true]);
  });

  test("keeps its stack if the fixture's place is unknown", () => {
    const error = { stack: 'Error: refused' };
    addPlace(realm, error, { name: 'db', site: siteAt(undefined) }, 'set-up');
    expect(error.stack).toBe('Error: refused');
  });
});

describe('an error with frames of dependencies only', () => {
  const stack = 'Error: refused\n    at Pool.connect (/p/node_modules/pool/index.js:7:2)';
  const stackOf = (error: unknown): unknown => (error as Error).stack;

  test('gets the place of its test', () => {
    const error = Object.assign(new Error('refused'), { stack });
    expect(addPlaceOf(realm, error, 'test', siteAt('a.test.ts:3'))).toBe(error);
    expect(error.stack).toBe(`${stack}\n    at test (/p/a.test.ts:3:1)`);
  });

  test('that fails two tests shows the place of each', () => {
    const error = Object.assign(new Error('refused'), { stack });
    const first = addPlaceOf(realm, error, 'test', siteAt('a.test.ts:3'));
    const again = addPlaceOf(realm, error, 'test', siteAt('a.test.ts:3'));
    const second = addPlaceOf(realm, error, 'beforeEach hook', siteAt('a.test.ts:9'));
    expect([first, again].map(stackOf)).toEqual([error.stack, error.stack]);
    expect(error.stack).toBe(`${stack}\n    at test (/p/a.test.ts:3:1)`);
    expect(stackOf(second)).toBe(`${stack}\n    at beforeEach hook (/p/a.test.ts:9:1)`);
    expect(originalOf(second)).toBe(error);
  });

  test('that fails a test and then a fixture shows the place of each', () => {
    const error = Object.assign(new Error('refused'), { stack });
    addPlaceOf(realm, error, 'test', siteAt('a.test.ts:3'));
    const placed = addPlace(realm, error, { name: 'db', site: siteAt('a.ts:3') }, 'set-up');
    expect(stackOf(error)).toBe(`${stack}\n    at test (/p/a.test.ts:3:1)`);
    expect(stackOf(placed)).toBe(`${stack}\n    at set-up of fixture db (/p/a.ts:3:1)`);
    expect(addPlaceOf(realm, placed, 'test', siteAt('a.test.ts:5'))).toBe(placed);
  });

  test('keeps the place of its fixture', () => {
    const error = { stack };
    addPlace(realm, error, { name: 'db', site: siteAt('a.ts:3') }, 'set-up');
    addPlaceOf(realm, error, 'test', siteAt('a.test.ts:3'));
    expect(error.stack).toBe(`${stack}\n    at set-up of fixture db (/p/a.ts:3:1)`);
  });

  test.each([undefined, null, 'text', {}])('%p has no stack and stays', thrown => {
    expect(addPlaceOf(realm, thrown, 'test', siteAt('a.test.ts:3'))).toBe(thrown);
  });
});
