module.exports = {
  preset: 'jest-loop',
  testEnvironmentOptions: { loop: { leftovers: 'fail', catchLoopExceptions: true } },
};
