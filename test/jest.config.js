'use strict';

// The host of our own tests is Jest with its stock environment.
module.exports = {
  rootDir: __dirname,
  testMatch: [
    '<rootDir>/unit/**/*.test.ts',
    '<rootDir>/properties/**/*.test.ts',
    '<rootDir>/e2e/**/*.test.ts',
  ],
  transform: {
    '\\.ts$': [
      'ts-jest',
      {
        diagnostics: false,
        tsconfig: {
          target: 'es2022',
          module: 'node16',
          moduleResolution: 'node16',
          isolatedModules: true,
          esModuleInterop: true,
        },
      },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/projects/', '<rootDir>/hosts/'],
  // Jest keeps a core for itself; here most of the work is done by the Jests that end-to-end tests start.
  maxWorkers: '100%',
  // Each end-to-end test is a Jest of its own.
  testTimeout: 120_000,
};
