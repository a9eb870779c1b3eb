'use strict';

const { writeProject } = require('../project');
const { fixtures } = require('./fixtures');
const { heap } = require('./heap');
const { lines, testFiles, PRESET } = require('./sources');

const TRIVIAL = tests =>
  lines(tests, i => `test('adds ${i}', () => { const one = 1; expect(${i} + one).toBe(${i + 1}); });`);

/** The same tests without and with a timeline. */
function observed(name, files, tests, args) {
  const project = {
    files: testFiles(files, TRIVIAL(tests)),
    tests: files * tests,
    packageJson: { babel: {} },
    config: PRESET,
    args,
  };
  return [
    writeProject(`${name}-without`, project),
    writeProject(`${name}-with`, { ...project, timeline: true }),
  ];
}

/** The same for tests with three chained fixtures each, and one for the file. */
function observedFixtures(name, files, tests, args) {
  const [, loop] = fixtures(`${name}-without`, files, tests, { args });
  const [, timed] = fixtures(`${name}-with`, files, tests, { args, timeline: true });
  return [loop, timed];
}

/** The same, where the last test of each file records the heap size. */
function observedHeap(name, files, tests) {
  const [, loop] = heap(`${name}-without`, files, tests, tests);
  const [, timed] = heap(`${name}-with`, files, tests, tests, { timeline: true });
  return [loop, timed];
}

module.exports = { observed, observedFixtures, observedHeap };
