module.exports = { preset: 'jest-loop', injectGlobals: false };
