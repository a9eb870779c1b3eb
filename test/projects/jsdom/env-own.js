// One of a project's own, with a handler that is no method, and which others extend.
const { TestEnvironment } = require('jest-environment-node');
const { withLoop } = require('jest-loop/environment');

class Own extends TestEnvironment {
  events = [];
  handleTestEvent = async event => {
    this.events.push(event.name);
  };
  async setup() {
    await super.setup();
    this.global.own = { events: this.events, conditions: this.exportConditions() };
  }
  exportConditions() {
    return [...super.exportConditions(), 'own'];
  }
}

class Extended extends withLoop(Own) {
  handleTestEvent(event, state) {
    if (event.name === 'test_start') this.global.own.extended = event.test.name;
    return super.handleTestEvent(event, state);
  }
}
module.exports = withLoop(Extended);
