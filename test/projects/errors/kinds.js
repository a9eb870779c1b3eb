const { EventEmitter } = require('node:events');
const timers = require('node:timers');

// Every way in which an error comes that nothing awaits. Each comes within 5 ms, and names itself.
exports.kinds = {
  rejection: (name = 'rejection') => void Promise.reject(new Error(name)),
  timer: (name = 'timer') => void setTimeout(() => fail(name), 1),
  interval: (name = 'interval') => {
    const timer = setInterval(() => {
      clearInterval(timer);
      fail(name);
    }, 1);
  },
  immediate: (name = 'immediate') => void setImmediate(() => fail(name)),
  tick: (name = 'tick') => process.nextTick(() => fail(name)),
  microtask: (name = 'microtask') => queueMicrotask(() => fail(name)),
  emitter: (name = 'emitter') => {
    const emitter = new EventEmitter();
    setTimeout(() => emitter.emit('error', new Error(name)), 1);
  },
  'node:timers': (name = 'node:timers') => void timers.setTimeout(() => fail(name), 1),
};

function fail(name) {
  throw new Error(name);
}

exports.wait = (ms = 15) => new Promise(resolve => setTimeout(resolve, ms));

// In the context of the caller, but after the caller has ended.
exports.later = fn => void setTimeout(fn, 5);
