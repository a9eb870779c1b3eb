module.exports = { preset: 'jest-loop', testEnvironmentOptions: { defaultAsyncTimeout: 100 } };
