import { createRequire } from 'node:module';
import type { Config } from '@jest/types';

/** What Jest reads from the configuration files. */
export interface Configs {
  readonly globalConfig: Config.GlobalConfig;
  readonly configs: readonly Config.ProjectConfig[];
}

interface ConfigModule {
  readConfigs(...args: unknown[]): Promise<Configs>;
}

/**
 * Calls `change` with the configurations that a Jest reads in this process, each time; Jest goes on with the result. The
 * returned function stops this. `jest` is the main module of Jest, which calls `readConfigs` as a member of its module.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-core/src/cli/index.ts#L48-L51
 */
export function watchConfigs(jest: string, change: (configs: Configs) => Configs): () => void {
  const core = createRequire(jest).resolve('@jest/core');
  const config = createRequire(core)('jest-config') as ConfigModule;
  const before = config.readConfigs;
  const reading = async (...args: unknown[]): Promise<Configs> =>
    change(await Reflect.apply(before, config, args));
  config.readConfigs = reading;
  return () => {
    if (config.readConfigs === reading) config.readConfigs = before;
  };
}
