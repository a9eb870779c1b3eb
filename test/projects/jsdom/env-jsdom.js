const { withLoop } = require('jest-loop/environment');

module.exports = withLoop(require('jest-environment-jsdom'));
