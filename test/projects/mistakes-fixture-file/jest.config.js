module.exports = { preset: 'jest-loop', testPathIgnorePatterns: ['/never/'] };
