const { getRunningLoop } = require('jest-loop');

test('the first Loop of a file leaves fake timers as they are', () => {
  jest.useFakeTimers();
  const fake = setTimeout;
  getRunningLoop();
  expect(setTimeout).toBe(fake);
});
