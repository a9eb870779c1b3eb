import {
  hideCompileCache,
  keepCompiledCode,
  startWithCompileCache,
} from '../../../../src/jest/process/compile-cache';

const enabled = (env: Record<string, string>): boolean => {
  const enableCompileCache = jest.fn();
  keepCompiledCode(env, { enableCompileCache });
  return enableCompileCache.mock.calls.length === 1;
};

test('code is kept, but not where the folder is empty in each run, or where coverage has to be exact', () => {
  expect(enabled({})).toBe(true);
  expect(enabled({ CI: 'false' })).toBe(true);
  expect(enabled({ CI: '', BUILD_ID: '' })).toBe(true);
  for (const name of ['CI', 'BUILD_ID', 'BUILD_NUMBER', 'TF_BUILD'])
    expect([name, enabled({ [name]: 'true' })]).toEqual([name, false]);
  expect(enabled({ NODE_V8_COVERAGE: '/coverage' })).toBe(false);
});

test('a version of Node without the cache stays as it is', () => {
  const env = {};
  keepCompiledCode(env, {});
  expect(startWithCompileCache(() => ({ ...env }), env, {})).toEqual({});
});

test('workers keep their code where the main process does, and tests do not see that', () => {
  const env: Record<string, string> = {};
  const node = { getCompileCacheDir: () => '/tmp/node-compile-cache/v24.0.0-x64-0-0' };
  const worker = startWithCompileCache(() => ({ ...env }), env, node);
  expect(worker).toMatchObject({ NODE_COMPILE_CACHE: '/tmp/node-compile-cache' });
  expect(env).toEqual({});
  hideCompileCache(worker);
  expect(worker).toEqual({});
});

test('the variables go although the start fails', () => {
  const env: Record<string, string> = {};
  const fails = (): never => {
    throw new Error('no process');
  };
  expect(() => startWithCompileCache(fails, env, { getCompileCacheDir: () => '/a/b' })).toThrow('no process');
  expect(env).toEqual({});
});

test('where the main process keeps nothing, workers do not either', () => {
  const env = {};
  const node = { getCompileCacheDir: () => undefined };
  expect(startWithCompileCache(() => ({ ...env }), env, node)).toEqual({});
});

test("a user's own folder stays, also in workers and tests", () => {
  const env = { NODE_COMPILE_CACHE: '/own' };
  const worker = startWithCompileCache(() => ({ ...env }), env, { getCompileCacheDir: () => '/own/v24' });
  hideCompileCache(worker);
  expect([env, worker]).toEqual([{ NODE_COMPILE_CACHE: '/own' }, { NODE_COMPILE_CACHE: '/own' }]);
});
