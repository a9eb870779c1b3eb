const { Loop } = require('jest-loop');

module.exports = options =>
  Object.assign(new Loop({ name: 'slow' }), { madeWith: options, by: 'the project' });
