module.exports = { preset: 'jest-loop', testEnvironment: '<rootDir>/env-jsdom.js' };
