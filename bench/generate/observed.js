'use strict';

const { writeProject } = require('../project');
const { fixtures } = require('./fixtures');
const { lines, testFiles, PRESET } = require('./sources');

const TRIVIAL = tests =>
  lines(tests, i => `test('adds ${i}', () => { const one = 1; expect(${i} + one).toBe(${i + 1}); });`);

/** The same tests without and with a timeline. */
function observed(name, files, tests) {
  const project = {
    files: testFiles(files, TRIVIAL(tests)),
    tests: files * tests,
    packageJson: { babel: {} },
    config: PRESET,
  };
  return [
    writeProject(`${name}-without`, project),
    writeProject(`${name}-with`, { ...project, timeline: true }),
  ];
}

/** The same for tests with three chained fixtures each, and one for the file. */
function observedFixtures(name, files, tests) {
  const [, loop] = fixtures(`${name}-without`, files, tests);
  const [, timed] = fixtures(`${name}-with`, files, tests, { timeline: true });
  return [loop, timed];
}

module.exports = { observed, observedFixtures };
