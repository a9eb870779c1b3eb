module.exports = {
  preset: 'jest-loop',
  testEnvironment: '<rootDir>/environment.js',
  setupFilesAfterEnv: ['<rootDir>/setup.js'],
  testEnvironmentOptions: { loop: { mode: 'strict' } },
};
