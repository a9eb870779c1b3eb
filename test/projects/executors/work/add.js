module.exports = (a, b) => ({ sum: a + b, thread: require('node:worker_threads').threadId });
