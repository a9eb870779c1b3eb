/** @type {import('jest').Config} */
module.exports = {
  preset: 'jest-loop',
  // A timer that a test leaves behind fails it.
  testEnvironmentOptions: { loop: { leftovers: 'fail' } },
};
