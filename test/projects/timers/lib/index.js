// As packages do: kept when they are loaded.
const { setTimeout: later } = globalThis;
const { setTimeout: nodeLater } = require('timers');
const { setTimeout: wait } = require('timers/promises');
const sleep = require('util').promisify(setTimeout);
module.exports = { later, nodeLater, wait, sleep };
