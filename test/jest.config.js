'use strict';

const os = require('node:os');

const FULL = process.env.TEST_SIZE === 'full';

// The host of our own tests is Jest with its stock environment.
module.exports = {
  rootDir: __dirname,
  testMatch: [
    '<rootDir>/unit/**/*.test.ts',
    '<rootDir>/properties/**/*.test.ts',
    '<rootDir>/e2e/**/*.test.ts',
  ],
  transform: {
    // It takes half the time of ts-jest.
    '\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs', noInterop: true },
        sourceMaps: 'inline',
      },
    ],
  },
  setupFiles: ['<rootDir>/tools/end-storages.js'],
  testPathIgnorePatterns: FULL ? [] : ['\\.full\\.test\\.ts$'],
  testSequencer: '<rootDir>/tools/longest-first.js',
  modulePathIgnorePatterns: ['<rootDir>/projects/', '<rootDir>/hosts/'],
  // Most of the work is done by the Jests that end-to-end tests start, which wait for time limits now and then. At the full
  // size they seldom wait: more of them would only make each stall.
  maxWorkers: Math.ceil(os.availableParallelism() * (FULL ? 1 : 1.5)),
  // Hooks of Node that sources of an ended file have set read their state once more.
  testEnvironmentOptions: { globalsCleanup: 'off' },
  // Each end-to-end test is a Jest of its own.
  testTimeout: 120_000,
};
