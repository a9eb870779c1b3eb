/** The text of a module whose `log(text)` is found among the events of the test file in a report. */
export const LOG_JS = `
  const fs = require('node:fs');
  const path = require('node:path');
  exports.log = text => {
    const { testPath } = expect.getState();
    const file = path.join(process.env.JEST_LOOP_EVENTS, 'files', path.relative(path.parse(testPath).root, testPath));
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.appendFileSync(file, text + '\\n');
  };`;
