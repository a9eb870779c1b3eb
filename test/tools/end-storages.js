'use strict';

/*
 * Runs before each test file: disables the AsyncLocalStorages of the files before it in this process, which modules make
 * that are loaded for each file. Node before 24 keeps each enabled one for good, and goes through all of them for each
 * promise: a third of the time of the unit tests.
 */
const { AsyncLocalStorage } = require('node:async_hooks');

const ENABLED = Symbol.for('jest-loop.test.storages');
const { prototype } = AsyncLocalStorage;
const { _enable: enable } = prototype;

if (prototype[ENABLED] !== undefined) {
  for (const storage of prototype[ENABLED]) storage.disable();
  prototype[ENABLED].clear();
} else if (enable !== undefined) {
  const enabled = new Set();
  prototype[ENABLED] = enabled;
  prototype._enable = function () {
    if (!this.enabled) enabled.add(this);
    enable.call(this);
  };
}
