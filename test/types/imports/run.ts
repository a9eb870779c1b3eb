import { type Entrypoint, Loop, Service } from 'jest-loop';
import { type RunJestResult, runAsMain, runJest } from 'jest-loop/run';
import { expectEqual } from '../helpers';

class Db extends Service {
  async start() {}
}

export async function program() {
  const loop = new Loop();
  const config = { preset: 'jest-loop', testTimeout: 100 };
  const result = await runJest({ argv: ['-t', 'x'], config, rootDir: '.', loop });
  expectEqual<typeof result, RunJestResult>(true);
  expectEqual<[typeof result.success, typeof result.exitCode], [boolean, number]>(true);
  const failed: number = result.results.numFailedTests;
  await runJest({ config: 'jest.config.js' });
  // @ts-expect-error a list
  await runJest({ argv: '-t x' });
  // @ts-expect-error no option of Jest
  await runJest({ config: { presets: 'x' } });
  // @ts-expect-error no option
  await runJest({ args: [] });
  return failed;
}

const value = runAsMain(
  async ({ loop, signal, entrypoint }) => {
    expectEqual<[typeof loop, typeof signal, typeof entrypoint], [Loop, AbortSignal, Entrypoint]>(true);
    return 5;
  },
  { services: [new Db(), { start: () => 1 }] },
);
expectEqual<typeof value, Promise<number | undefined>>(true);
// @ts-expect-error no function
void runAsMain(5);
// @ts-expect-error no option
void runAsMain(() => {}, { service: [] });
