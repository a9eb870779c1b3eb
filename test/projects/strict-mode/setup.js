globalThis.timers = { setTimeout, setInterval, setImmediate };
