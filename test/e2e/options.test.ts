import { fullTest } from '../sizes';
import { keepJest, runFiles } from './run-jest';

keepJest();

test('a variable that no option has is refused like any other unknown option', () => {
  const { code, files } = runFiles(
    { 'a.test.js': "test('never', () => {});" },
    { env: { JEST_LOOP_SETUPP: '1' } },
  );
  expect(code).toBe(1);
  expect(files['a.test.js']!.errors[0]).toMatch(
    /^Unknown option "JEST_LOOP_SETUPP" in the environment variables\.\n[\s\S]*To fix: write "JEST_LOOP_SETUP"\.$/,
  );
});

fullTest('JEST_LOOP_THREAD_POOL_SIZE is the size of the pools of all Loops, in each process', () => {
  const { output, code } = runFiles(
    {
      'jest.config.js':
        "module.exports = { preset: 'jest-loop', setupFilesAfterEnv: ['<rootDir>/setup.js'] };",
      'setup.js': `
        const several = async ({ eventLoop }) => {
          const threads = await Promise.all(
            [1, 2, 3].map(() => eventLoop.runInExecutor(() => require('node:worker_threads').threadId)),
          );
          return new Set(threads).size;
        };
        for (const scope of ['test', 'describe', 'file', 'directory', 'worker', 'session']) fixture(scope, { scope }, several);`,
      'a.test.js': `
        test('one thread each', ({ test, describe, file, directory, worker, session }) => {
          expect([test, describe, file, directory, worker, session]).toEqual([1, 1, 1, 1, 1, 1]);
        });`,
      'b.test.js': "test('nothing', () => {});",
    },
    { env: { JEST_LOOP_THREAD_POOL_SIZE: '1' }, args: ['--maxWorkers=2'] },
  );
  expect(output).not.toContain('●');
  expect(code).toBe(0);
});
