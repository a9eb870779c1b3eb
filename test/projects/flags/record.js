const { randomUUID } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { setTimeout: wait } = require('node:timers/promises');
const { threadId } = require('node:worker_threads');

const { FLAGS_RECORD, JEST_LOOP_EVENTS, FLAGS_FAILS = 'nothing', FLAGS_BREAKS = '' } = process.env;

// One line for all processes of a run, in the order in which things happen.
exports.record = event => {
  const line = JSON.stringify({ pid: process.pid, thread: threadId, ...event });
  fs.appendFileSync(FLAGS_RECORD ?? path.join(JEST_LOOP_EVENTS, 'record'), `${line}\n`);
};

// A fixture's body: its value names this instance, and `needs` those that it stands on.
exports.logged = async function* (scope, ...needs) {
  const id = `${scope} ${randomUUID().slice(0, 8)}`;
  await wait(2);
  // From here on it has to go down: a set-up that is ended before has not come up.
  exports.record({ up: id, needs });
  yield id;
  await wait(2);
  exports.record({ down: id });
  if (FLAGS_BREAKS.split(' ').includes(scope)) throw new Error(`the ${scope} does not end well`);
};

// A test's body.
exports.ran = (name, ...needs) => {
  exports.record({ ran: name, needs });
  if (new RegExp(FLAGS_FAILS).test(name)) throw new Error(`${name} fails`);
};
