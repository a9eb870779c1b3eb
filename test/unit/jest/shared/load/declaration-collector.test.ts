import type { DeclarationCollector as Type } from '../../../../../src/jest/shared/load/declaration-collector';
import { siteAt } from '../../../support';

/*
 * What a setup file meets that is loaded outside of the tests. Jest has its own functions in the globals here: they
 * are kept, as those of a process without tests are not.
 */
const { DeclarationCollector } = require('../../../../../src/jest/shared/load/declaration-collector') as {
  DeclarationCollector: typeof Type;
};
const globals = globalThis as unknown as { fixture: (...args: unknown[]) => unknown };

const project = { id: 'p', rootDir: '/p' };
/** Where all of this is declared. */
const site = { ...siteAt('collector.test.ts:1'), path: __filename };

test('a declaration is found by its name and number', async () => {
  const collector = new DeclarationCollector();
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

test('declarations of a module that another file loaded are found too', async () => {
  const collector = new DeclarationCollector();
  await collector.collect(project, async () => void globals.fixture('shared', 1));
  const later = await collector.collect(project, async () => {});
  expect(later.find('shared', 0, site)).toMatchObject({ body: { value: 1 } });
  collector.forget(new Set([__filename]));
  expect((await collector.collect(project, async () => {})).find('shared', 0, site)).toBeUndefined();
});

test('test.extend declares in both forms', async () => {
  const collector = new DeclarationCollector();
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

type Inert = (fn?: () => void) => Record<string, Inert>;

test('while a file is loaded, all other functions do nothing, however they are used', async () => {
  const collector = new DeclarationCollector();
  const { jest: stubs, beforeAll: hook } = collector.jestGlobals as unknown as Record<string, Inert>;
  const { fn } = stubs as unknown as Record<string, Inert>;
  const load = async (): Promise<void> => {
    fn!().mockReturnValue!();
    hook!(() => expect(true).toBe(false));
    expect(`${fn!()}`).toBe('');
    expect(typeof new (fn as unknown as new () => object)()).toBe('function');
  };
  await expect(collector.collect(project, load)).resolves.toBeDefined();
});

test('later, in the bodies of fixtures, they throw errors that name them', async () => {
  const collector = new DeclarationCollector();
  const { jest: stubs, afterEach: hook, mark } = collector.jestGlobals as unknown as Record<string, Inert>;
  const { spyOn } = stubs as unknown as Record<string, Inert>;
  await collector.collect(project, async () => {});
  expect(() => spyOn!()).toThrow(
    expect.objectContaining({
      code: 'ERR_NO_ENVIRONMENT',
      message: expect.stringMatching(/^jest\.spyOn\(\) was/),
    }),
  );
  expect(() => hook!()).toThrow(/^afterEach\(\) was called in a fixture of scope "directory"/);
  expect(() => (mark as unknown as Record<string, Inert>).loop!()).toThrow(/^mark\.loop\(\) was/);
});

test("expect is Jest's, including extensions", () => {
  const { expect: real } = new DeclarationCollector().jestGlobals as unknown as { expect: typeof expect };
  real.extend({ toBeEven: (value: number) => ({ pass: value % 2 === 0, message: () => `${value} is odd` }) });
  expect(() => real(1).toBe(2)).toThrow('Expected: 2');
  expect(() => (real(3) as unknown as Record<string, () => void>).toBeEven!()).toThrow('3 is odd');
  expect(real([1, { a: 'b' }])).toBeDefined();
  expect(() => real([1, 'b']).toEqual([real.any(Number), real.stringContaining('b')])).not.toThrow();
});

test('the functions are removed once the file is loaded, also after an error', async () => {
  const collector = new DeclarationCollector();
  const fails = collector.collect(project, async () => {
    expect(typeof globals.fixture).toBe('function');
    throw new Error('no');
  });
  await expect(fails).rejects.toThrow('no');
  expect('fixture' in globalThis).toBe(false);
});
