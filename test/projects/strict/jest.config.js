module.exports = { preset: 'jest-loop', testEnvironmentOptions: { loop: { mode: 'strict' } } };
