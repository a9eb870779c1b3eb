module.exports = {
  preset: 'jest-loop',
  testEnvironment: './environment.js',
  setupFilesAfterEnv: ['./fixtures.js'],
  transform: {},
  testEnvironmentOptions: { loop: { leftovers: 'cancel' } },
};
