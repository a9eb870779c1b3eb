const LoopEnvironment = require('jest-loop/environment');
const { isManagedTest } = require('jest-loop');
const { logFor } = require('../log');

// Logs whether each test is managed, as an environment sees it.
module.exports = class extends (LoopEnvironment.default ?? LoopEnvironment) {
  constructor(config, context) {
    super(config, context);
    this.path = context.testPath;
  }

  async handleTestEvent(event, state) {
    await super.handleTestEvent(event, state);
    if (event.name === 'test_fn_start')
      logFor(this.path, `${event.test.name}: ${isManagedTest(event.test) ? 'managed' : "Jest's own"}`);
  }
};
