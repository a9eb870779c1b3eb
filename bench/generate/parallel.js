'use strict';

const { writeProject } = require('../project');
const { lines, testFiles, PRESET } = require('./sources');

const FIXTURES = 8;
const OPEN = `
const open = async name => {
  await new Promise(resolve => setTimeout(resolve, 20));
  return { name, open: true };
};
const close = async resource => {
  resource.open = false;
};
`;

const PLAIN = `
let all;
beforeEach(async () => {
  all = await Promise.all([${lines(FIXTURES, i => `open('f${i}'),`)}]);
});
afterEach(async () => {
  await Promise.all(all.map(close));
});
`;

const LOOP = lines(
  FIXTURES,
  i => `fixture('f${i}', async function* () { const it = await open('f${i}'); yield it; await close(it); });`,
);

const NAMES = Array.from({ length: FIXTURES }, (_, i) => `f${i + 1}`).join(', ');
const tests = (count, parameter, all) =>
  lines(
    count,
    i => `test('${i}', async (${parameter}) => { expect(${all}.every(it => it.open)).toBe(true); });`,
  );

/** Tests with eight independent fixtures of 20 ms each: plain, and both kinds of set-up. */
function parallel(count) {
  const files = { plain: OPEN + PLAIN + tests(count, '', 'all') };
  files.loop = OPEN + LOOP + tests(count, `{ ${NAMES} }`, `[${NAMES}]`);
  const project = (name, source, config) =>
    writeProject(`e-${name}`, {
      files: testFiles(1, source),
      tests: count,
      packageJson: { babel: {} },
      config,
    });
  const loop = setup =>
    project(setup, files.loop, { ...PRESET, testEnvironmentOptions: { loop: { setup } } });
  return [project('plain', files.plain), loop('parallel'), loop('sequential')];
}

module.exports = { parallel };
