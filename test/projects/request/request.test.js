const path = require('node:path');
const { log } = require('../log');

fixture('self', (_, request) => request);
fixture('byName', ({ request }) => request);
fixture('fileSelf', { scope: 'file' }, (_, request) => request);
fixture('lazy', async function* () {
  log('lazy up');
  yield 'lazy value';
  log('lazy down');
});

test('describes a fixture', ({ self, byName, fileSelf }) => {
  expect(self.name).toBe('self');
  expect(self.scope).toBe('test');
  expect(byName.name).toBe('byName');
  expect(fileSelf.scope).toBe('file');
  expect(fileSelf.test).toBeUndefined();
  expect(self.param).toBeUndefined();
  expect(path.basename(self.path)).toBe('request.test.js');
});

describe('block', () => {
  test('describes the test', { tags: ['slow', 'db'] }, ({ self, request }) => {
    for (const { test: info } of [self, request]) {
      expect(info).toMatchObject({
        name: 'describes the test',
        fullName: 'block describes the test',
        line: 24,
        attempt: 1,
        tags: ['slow', 'db'],
        outcome: undefined,
      });
      expect(info.path).toBe(__filename);
    }
    expect(request.name).toBe('describes the test');
    expect(request.scope).toBe('test');
  });
});

test('get gives any fixture at run time', async ({ request }) => {
  log('body');
  const both = await Promise.all([request.get('lazy'), request.get('lazy')]);
  expect(both).toEqual(['lazy value', 'lazy value']);
});
test('an error of get that the caller handles is handled', async ({ request }) => {
  await expect(request.get('unknown')).rejects.toThrow('requests unknown fixture "unknown"');
  await expect(request.get('broken')).rejects.toThrow('broken on purpose');
});
fixture('broken', () => {
  throw new Error('broken on purpose');
});

describe('onCleanup', () => {
  fixture('cleaned', async function* (_, { onCleanup }) {
    onCleanup(() => log('registered first'));
    onCleanup(async () => {
      await null;
      log('registered second');
    });
    yield;
    log('own teardown');
    onCleanup(() => log('registered in teardown'));
  });
  fixture('fails', (_, { onCleanup }) => {
    onCleanup(() => log('cleaned at once'));
    throw new Error('set-up failed after onCleanup');
  });
  test('runs in reverse after the own teardown', ({ cleaned }) => log('body'));
  test('runs at once when the set-up fails', ({ fails }) => log('never'));
  test('of a test runs before its fixtures go down', ({ cleaned, request }) => {
    request.onCleanup(() => log("the test's"));
  });
  afterEach(() => log('afterEach'));
});

describe('signal', () => {
  let signal;
  fixture('signalled', (_, request) => request.signal);
  test('is not aborted while its scope lives', ({ signalled }) => {
    signal = signalled;
    expect(signal.aborted).toBe(false);
  });
  test('is aborted when the scope has closed', () => expect(signal.aborted).toBe(true));
});
