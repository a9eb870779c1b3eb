module.exports = {
  preset: 'jest-loop',
  testSequencer: '../wide-order.js',
  setupFilesAfterEnv: ['<rootDir>/setup.ts'],
};
