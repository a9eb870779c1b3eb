const fs = require('node:fs');
const path = require('node:path');

// Tells what happens, in order, to the report of the test file that runs.
exports.log = event => exports.tell(expect.getState().testPath, event);

// The same from outside of the test files.
exports.tell = (testPath, event) => {
  const name = encodeURIComponent(path.basename(testPath));
  fs.appendFileSync(path.join(process.env.JEST_LOOP_EVENTS, name), `${event}\n`);
};

// A fixture's body that tells when it comes up and goes down.
exports.told = (name, value = name) =>
  async function* () {
    exports.log(`${name} up`);
    yield value;
    exports.log(`${name} down`);
  };
