import { runFiles } from './run-jest';

/*
 * Listeners of the process that answer each new listener with a change of their own. What we do among them must not
 * set them off: each of these runs was endless once, and nothing but SIGKILL ended it.
 */
const RESTLESS = `
  const errors = [];
  exports.errors = errors;
  /** Comes first again whenever anyone else begins to listen, in its own time. */
  exports.restless = (event, later) => {
    const listener = error => errors.push(error);
    const again = (name, added) => {
      if (name !== event || added === listener) return;
      later(() => {
        process.removeListener(event, listener);
        process.prependListener(event, listener);
      });
    };
    process.on('newListener', again);
    process.on(event, listener);
    // Two of them would set each other off.
    return () => process.off('newListener', again).off(event, listener);
  };`;

test('a configuration that ts-node loads, and modules that add themselves again for each listener', () => {
  const report = runFiles(
    {
      // ts-node loads node:domain.
      'jest.config.ts': `/** @jest-config-loader ts-node */
        import type { Config } from 'jest';
        const config: Config = { preset: 'jest-loop' };
        require('node:domain');
        export default config;`,
      'jest.config.js': '',
      'restless.js': RESTLESS,
      'domain.test.js': `
        const turn = () => new Promise(resolve => setTimeout(resolve, 2));
        test('loaded in a test', async () => {
          expect(require('node:domain').create).toBeDefined();
          process.on('uncaughtException', () => {});
          await turn();
        });
        test('an error still belongs to the test that started it', async () => {
          setTimeout(() => { throw new Error('of the timer'); });
          await turn();
        });
        test('and not to the next', turn);`,
      'restless.test.js': `
        const { restless } = require('./restless');
        const turn = () => new Promise(resolve => setTimeout(resolve, 2));
        test.each([
          ['at once', fn => fn()],
          ['in a microtask', fn => queueMicrotask(fn)],
          ['in the next tick', fn => process.nextTick(fn)],
          ['in the next turn', fn => void setImmediate(fn)],
        ])('%s', async (_, later) => {
          const rest = ['uncaughtException', 'unhandledRejection', 'rejectionHandled'].map(event => {
            const stop = restless(event, later);
            process.on(event, () => {});
            return stop;
          });
          await turn();
          for (const stop of rest) stop();
        });
        test('they hear nothing that belongs to a test', async () => {
          await turn();
          expect(require('./restless').errors).toEqual([]);
        });`,
    },
    { args: ['-i', '--config', 'jest.config.ts'] },
  );
  const failures = Object.values(report.files).flatMap(({ tests }) =>
    tests.flatMap(({ name, messages }) => messages.map(message => [name, message])),
  );
  expect(failures).toEqual([['an error still belongs to the test that started it', 'of the timer']]);
  expect(report.output).toContain('Tests:       1 failed, 7 passed, 8 total');
});
