module.exports = { preset: 'jest-loop', testEnvironmentOptions: { loop: { defaultAsyncTimeout: '5s' } } };
