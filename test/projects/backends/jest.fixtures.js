const { Loop } = require('jest-loop');

exports.loopFactories = {
  near: options => Object.assign(new Loop({ name: 'near' }), { madeWith: options, by: 'the directory' }),
  fast: ({ backend = 'virtual' }) => new Loop({ name: 'fast', backend }),
};
