// The least that Jest asks for: no fake timers, no handler.
const vm = require('node:vm');
const { withLoop } = require('jest-loop/environment');

class Bare {
  constructor() {
    this.context = vm.createContext({
      console,
      setTimeout,
      clearTimeout,
      setInterval,
      clearInterval,
      setImmediate,
      clearImmediate,
      process: Object.create(process),
      Buffer,
    });
    this.global = vm.runInContext('this', this.context);
    this.global.global = this.global;
    this.fakeTimers = null;
    this.fakeTimersModern = null;
    this.moduleMocker = new (require('jest-mock').ModuleMocker)(this.global);
  }
  async setup() {}
  async teardown() {}
  getVmContext() {
    return this.context;
  }
}
module.exports = withLoop({ default: Bare });
