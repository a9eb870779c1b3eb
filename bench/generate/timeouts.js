'use strict';

const { writeProject } = require('../project');
const { lines, PRESET, testFiles } = require('./sources');

const LIMIT = 50;

/** Bodies that never end, whose timers go on; the timers left at the end are counted. */
const bodies = count => `
const fs = require('node:fs');
const path = require('node:path');
let ticks = 0;
const FOREVER = 2 ** 30;
const hang = async () => {
  setInterval(() => { ticks++; }, 5);
  await new Promise(resolve => setTimeout(resolve, FOREVER));
};
${lines(count, i => `test('hangs ${i}', hang, ${LIMIT});`)}
test('what is left', async () => {
  const before = ticks;
  await new Promise(resolve => setTimeout(resolve, 100));
  fs.writeFileSync(path.join(__dirname, 'left.json'), JSON.stringify(ticks - before));
});
`;

/** Tests that each time out, plain and with the preset. Plain Jest needs \`--forceExit\` to exit. */
function timeouts(count) {
  const project = (side, config) =>
    writeProject(`g-${side}`, {
      files: testFiles(1, bodies(count)),
      tests: 1,
      failing: count,
      packageJson: { babel: {} },
      config,
    });
  return [project('plain', { forceExit: true }), project('loop', PRESET)];
}

module.exports = { timeouts, LIMIT };
