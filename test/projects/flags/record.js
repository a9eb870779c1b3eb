const { randomUUID } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { setTimeout: wait } = require('node:timers/promises');
const { threadId } = require('node:worker_threads');

// One line for all processes of a run, in the order in which things happen.
exports.record = event => {
  const file = process.env.FLAGS_RECORD ?? path.join(process.env.JEST_LOOP_EVENTS, 'record');
  fs.appendFileSync(file, `${JSON.stringify({ pid: process.pid, thread: threadId, ...event })}\n`);
};

// A fixture's body: its value names this instance, and `needs` those that it stands on.
exports.told = async function* (scope, ...needs) {
  const id = `${scope} ${randomUUID().slice(0, 8)}`;
  exports.record({ up: id, needs });
  await wait(2);
  yield id;
  await wait(2);
  exports.record({ down: id });
  if (process.env.FLAGS_BREAKS === scope) throw new Error(`the ${scope} does not end well`);
};

exports.ran = (name, ...needs) => {
  exports.record({ ran: name, needs });
  if (process.env.FLAGS_FAILS && new RegExp(process.env.FLAGS_FAILS).test(name)) throw new Error(`${name} fails`);
};
