module.exports = { preset: 'jest-loop' };
