import type { Config } from '@jest/types';
import globalSetup, { withSession } from 'jest-loop/global-setup';
import globalTeardown, { withSession as withTeardown } from 'jest-loop/global-teardown';
import { expectEqual } from '../helpers';

type OfJest = (globalConfig: Config.GlobalConfig, projectConfig: Config.ProjectConfig) => Promise<void>;

expectEqual<ReturnType<typeof withSession>, OfJest>(true);
expectEqual<ReturnType<typeof withTeardown>, OfJest>(true);

export const nothing = withSession();
export const plain = withSession(() => {});
export const async = withSession(async ({ rootDir }, { displayName }) => {
  await Promise.resolve(`${rootDir} ${displayName?.name}`);
});
export const ownTypes = withSession((globalConfig: Config.GlobalConfig) => void globalConfig.watch);
export const ofModule = withSession({ default: async () => {} });
export const teardown = withTeardown(async (_, { id }) => void id);
export const byRequire = (
  require('jest-loop/global-setup') as typeof import('jest-loop/global-setup')
).withSession(() => {});

/** The module itself is one. */
export const itself: OfJest = globalSetup;
export const both: [OfJest, OfJest] = [withSession(globalSetup), globalTeardown];

// @ts-expect-error a function
withSession('./setup.js');
// @ts-expect-error not its promise
withSession(import('jest-loop/global-setup'));
// @ts-expect-error takes Jest's configurations
withTeardown((folder: string) => folder);
