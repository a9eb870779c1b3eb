module.exports = { preset: 'jest-loop', testSequencer: '../wide-order.js' };
