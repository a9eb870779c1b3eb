import type { Collector as Type } from '../../../src/jest/collector';
import { siteAt } from '../support';

/*
 * What a setup file meets that is loaded outside of the tests. Jest has its own functions in the globals here: they
 * are kept, as those of a process without tests are not.
 */
const { Collector } = require('../../../src/jest/collector') as { Collector: typeof Type };
const globals = globalThis as unknown as { fixture: (...args: unknown[]) => unknown };

const project = { id: 'p', rootDir: '/p' };
/** Where all of this is declared. */
const site = { ...siteAt('collector.test.ts:1'), path: __filename };

test('what a file declares is found by its name and number', async () => {
  const collector = new Collector();
  const { find } = await collector.collect(project, async () => {
    globals.fixture('db', { scope: 'worker', params: [1] }, () => 'first');
    globals.fixture('db', 'second');
  });
  expect(find('db', 0, site)).toMatchObject({
    options: { scope: 'worker', params: [1] },
    body: { kind: 'function' },
  });
  expect(find('db', 1, site)).toMatchObject({ body: { kind: 'value', value: 'second' } });
  expect(find('other', 0, site)).toBeUndefined();
});

test('what a module declares that another file has loaded is found as well', async () => {
  const collector = new Collector();
  await collector.collect(project, async () => void globals.fixture('shared', 1));
  const later = await collector.collect(project, async () => {});
  expect(later.find('shared', 0, site)).toMatchObject({ body: { value: 1 } });
  collector.forget(new Set([__filename]));
  expect((await collector.collect(project, async () => {})).find('shared', 0, site)).toBeUndefined();
});

test('test.extend declares, in both forms', async () => {
  const collector = new Collector();
  const { test: own } = collector.jestGlobals as { test: { extend(...args: unknown[]): unknown } };
  const { find } = await collector.collect(project, async () => {
    own.extend({
      pool: [async (_: unknown, use: (value: number) => unknown) => use(1), { scope: 'worker' }],
    });
    own.extend('size', { scope: 'worker' }, 4);
  });
  expect(find('pool', 0, site)).toMatchObject({ options: { scope: 'worker' }, body: { kind: 'use' } });
  expect(find('size', 0, site)).toMatchObject({ body: { kind: 'value', value: 4 } });
});

test('all else does nothing, however it is used', () => {
  const { expect: stub, jest: stubs, beforeAll: hook } = new Collector().jestGlobals as Record<string, never>;
  const { fn } = stubs as { fn(): { mockReturnValue(value: number): unknown } };
  expect(() => fn().mockReturnValue(1)).not.toThrow();
  expect(() => (hook as (fn: () => void) => void)(() => expect(true).toBe(false))).not.toThrow();
  expect(() => (stub as (value: unknown) => typeof expect)(1)).not.toThrow();
  expect(() => `${fn()}`).not.toThrow();
});

test('the functions are gone when the file is loaded, also after an error', async () => {
  const collector = new Collector();
  const fails = collector.collect(project, async () => {
    expect(typeof globals.fixture).toBe('function');
    throw new Error('no');
  });
  await expect(fails).rejects.toThrow('no');
  expect('fixture' in globalThis).toBe(false);
});
