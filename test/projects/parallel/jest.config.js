module.exports = { preset: 'jest-loop', testEnvironmentOptions: { loop: { setup: 'parallel' } } };
