const fs = require('node:fs');
const path = require('node:path');

// Adds an event, in order, to the report of the test file that runs.
exports.log = event => exports.logFor(expect.getState().testPath, event);

// The same from outside the test files.
exports.logFor = (testPath, event) => {
  const { root } = path.parse(testPath);
  const file = path.join(process.env.JEST_LOOP_EVENTS, 'files', path.relative(root, testPath));
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.appendFileSync(file, `${event}\n`);
};

// A fixture's body that logs when it comes up and goes down.
exports.logged = (name, value = name) =>
  async function* () {
    exports.log(`${name} up`);
    yield value;
    exports.log(`${name} down`);
  };
