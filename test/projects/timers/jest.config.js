module.exports = {
  preset: 'jest-loop',
  setupFiles: ['<rootDir>/setup.js'],
  testEnvironmentOptions: { loop: { leftovers: 'cancel' } },
};
