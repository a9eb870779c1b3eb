import * as path from 'node:path';
import {
  type CompileCache,
  keepCompiledCode,
  startWithCompileCache,
} from '../../../../../src/jest/process/compiled/compile-cache';
import { keepModules } from '../../../../../src/jest/process/compiled/keep-modules';
import { jestState } from '../../../../../src/jest/process/jest-state';

jest.mock('../../../../../src/jest/process/compiled/keep-modules', () => ({ keepModules: jest.fn() }));

afterEach(() => {
  jestState.moduleFolder = undefined;
  jest.mocked(keepModules).mockClear();
});

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

/** What workers start with. */
function startedWith(
  env: Record<string, string>,
  node: CompileCache,
): { execArgv: string[]; env: Record<string, string> } {
  return startWithCompileCache(() => ({ execArgv: [...process.execArgv], env: { ...env } }), env, node);
}

/** Where modules are kept on a version of Node without the cache; undefined if they are not. */
function keptIn(env: Record<string, string>): string | undefined {
  jestState.moduleFolder = undefined;
  keepCompiledCode(env, {});
  return jest.mocked(keepModules).mock.calls.pop()?.[0];
}

const MAIN = new RegExp(
  `node-compile-cache.${process.version}-${process.arch}-[0-9a-f]+-\\d+.jest-loop-main-[0-9a-f]{40}$`,
);

describe('a version of Node without the cache', () => {
  test('keeps modules by a hook in its place, under the same conditions', () => {
    expect(keptIn({})).toMatch(MAIN);
    for (const [name, value] of [
      ['CI', 'true'],
      ['NODE_V8_COVERAGE', '/coverage'],
      ['NODE_DISABLE_COMPILE_CACHE', '1'],
      // As Node does.
      ['NODE_DISABLE_COMPILE_CACHE', ''],
    ] as const)
      expect([name, keptIn({ [name]: value })]).toEqual([name, undefined]);
  });

  test('does so in the folder of the variable, also in continuous integration', () => {
    const file = keptIn({ NODE_COMPILE_CACHE: '/own/node-compile-cache', CI: 'true' });
    expect(file).toMatch(MAIN);
    expect(file).toMatch(/^.own/);
  });

  test('has no hook where tools need the text of modules', () => {
    expect(keptIn({ NODE_OPTIONS: '--inspect-brk' })).toBeUndefined();
    expect(keptIn({ NODE_OPTIONS: '--no-warnings --enable-source-maps' })).toBeUndefined();
    expect(keptIn({ VSCODE_INSPECTOR_OPTIONS: '{}' })).toBeUndefined();
    expect(keptIn({ NODE_OPTIONS: '--no-warnings' })).toBeDefined();
  });

  test('has one hook, though the preset is loaded for each project', () => {
    keepCompiledCode({}, {});
    keepCompiledCode({}, {});
    expect(keepModules).toHaveBeenCalledTimes(1);
  });

  test('gives it to workers, and takes it back', () => {
    const before = [...process.execArgv];
    const env = { NODE_COMPILE_CACHE: '/own' };
    keepCompiledCode(env, {});
    const worker = startedWith(env, {});
    expect(worker.execArgv.slice(0, -1)).toEqual([...before, '--require']);
    expect(worker.execArgv.at(-1)).toMatch(/entries.worker-preload\.js$/);
    expect(worker.env).toEqual({
      NODE_COMPILE_CACHE: '/own',
      JEST_LOOP_COMPILE_CACHE: expect.stringMatching(/jest-loop-worker-[0-9a-f]{40}$/),
    });
    expect([process.execArgv, env]).toEqual([before, { NODE_COMPILE_CACHE: '/own' }]);
  });

  test('takes it back although the start fails', () => {
    const before = [...process.execArgv];
    const env = {};
    keepCompiledCode(env, {});
    const fails = (): never => {
      throw new Error('no process');
    };
    expect(() => startWithCompileCache(fails, env, {})).toThrow('no process');
    expect([process.execArgv, env]).toEqual([before, {}]);
  });

  test('starts workers as always where nothing is kept', () => {
    const env = { CI: 'true' };
    keepCompiledCode(env, {});
    const before = [...process.execArgv];
    expect(startWithCompileCache(() => [...process.execArgv], env, {})).toEqual(before);
    expect(env).toEqual({ CI: 'true' });
  });
});

test('workers keep their code where the main process does, and the variable goes', () => {
  const before = [...process.execArgv];
  const env = {};
  const node = { getCompileCacheDir: () => path.join('/tmp/node-compile-cache', 'v24.0.0-x64-0-0') };
  const worker = startedWith(env, node);
  expect(worker.execArgv.slice(before.length)).toEqual([
    '--require',
    expect.stringMatching(/worker-preload\.js$/),
  ]);
  expect(worker.env).toEqual({ JEST_LOOP_COMPILE_CACHE: '/tmp/node-compile-cache' });
  expect([process.execArgv, env]).toEqual([before, {}]);
});

test('where the main process keeps nothing, workers do not either', () => {
  const before = [...process.execArgv];
  expect(startedWith({}, { getCompileCacheDir: () => undefined })).toEqual({ execArgv: before, env: {} });
});

test("a user's own folder is for Node, also in workers", () => {
  const before = [...process.execArgv];
  const env = { NODE_COMPILE_CACHE: '/own' };
  expect(startedWith(env, { getCompileCacheDir: () => '/own/v24' })).toEqual({ execArgv: before, env });
});
