module.exports = {
  preset: 'jest-loop',
  testEnvironmentOptions: {
    loop: { loopFactories: { slow: '<rootDir>/slow-loop.js', near: '<rootDir>/slow-loop.js' } },
  },
};
