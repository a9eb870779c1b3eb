// A subclass whose handler is no method, and calls the one that it hides.
const LoopEnvironment = require('jest-loop/environment');

module.exports = class extends LoopEnvironment {
  calls = 0;
  handleTestEvent = async (event, state) => {
    await super.handleTestEvent(event, state);
    if (event.name === 'test_done') this.global.done = ++this.calls;
  };
};
