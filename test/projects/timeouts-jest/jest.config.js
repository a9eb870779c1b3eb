module.exports = { preset: 'jest-loop', testTimeout: 200 };
