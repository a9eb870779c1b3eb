module.exports = { preset: 'jest-loop', testTimeout: 4000 };
