const fs = require('node:fs');
const path = require('node:path');

// Tells what happens, in order, to the report of the test file that runs.
exports.log = event => {
  const name = encodeURIComponent(path.basename(expect.getState().testPath));
  fs.appendFileSync(path.join(process.env.JEST_LOOP_EVENTS, name), `${event}\n`);
};

// A fixture's body that tells when it comes up and goes down.
exports.told = (name, value = name) =>
  async function* () {
    exports.log(`${name} up`);
    yield value;
    exports.log(`${name} down`);
  };
