module.exports = {
  preset: 'jest-loop',
  testSequencer: '../wide-order.js',
  setupFilesAfterEnv: ['<rootDir>/setup.ts'],
  testEnvironmentOptions: { loop: { setup: 'parallel' } },
};
