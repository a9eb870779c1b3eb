// The preset, to be spread into a configuration.

import type { Config } from 'jest';

import preset = require('jest-loop/jest-preset');

export const config: Config = { ...preset, testTimeout: 1000 };
export const more: Config = { ...preset, setupFilesAfterEnv: [...preset.setupFilesAfterEnv, './setup.ts'] };
// @ts-expect-error it is the preset itself
preset.preset('/root');
