const fs = require('node:fs');
const path = require('node:path');

// Tells what happens, in order, to the report of the test file that runs.
exports.log = event => exports.tell(expect.getState().testPath, event);

// The same from outside of the test files.
exports.tell = (testPath, event) => {
  const { root } = path.parse(testPath);
  const file = path.join(process.env.JEST_LOOP_EVENTS, 'files', path.relative(root, testPath));
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.appendFileSync(file, `${event}\n`);
};

// A fixture's body that tells when it comes up and goes down.
exports.told = (name, value = name) =>
  async function* () {
    exports.log(`${name} up`);
    yield value;
    exports.log(`${name} down`);
  };
