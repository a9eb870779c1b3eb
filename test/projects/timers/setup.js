// Taken before the environment has set anything up for tests.
globalThis.early = {
  setTimeout,
  setInterval,
  setImmediate,
  node: require('node:timers'),
  promises: require('node:timers/promises'),
};
