'use strict';

const fs = require('node:fs');
const path = require('node:path');
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

/** Tests with a timeline, but for every second file. */
function alternating(name, files, tests, args) {
  const [, timed] = observed(name, files, tests, args);
  return alternate(timed);
}

/** The same for tests with fixtures. */
function alternatingFixtures(name, files, tests, args) {
  const [, timed] = observedFixtures(name, files, tests, args);
  return alternate(timed);
}

/** Gives a project the environment that hides the timeline from every second file. */
function alternate(project) {
  const environment = path.join(__dirname, '../child/alternating-environment.js');
  fs.copyFileSync(environment, path.join(project.dir, 'environment.js'));
  const file = path.join(project.dir, 'jest.config.json');
  const config = JSON.parse(fs.readFileSync(file, 'utf8'));
  fs.writeFileSync(file, JSON.stringify({ ...config, testEnvironment: './environment.js' }));
  return project;
}

/** What the files of a run took, as its environment recorded it: a list for each process. The next run starts afresh. */
function takeFiles({ dir }) {
  const file = path.join(dir, 'files.jsonl');
  const records = fs.readFileSync(file, 'utf8').trim().split('\n').map(JSON.parse);
  fs.rmSync(file);
  const processes = new Map();
  for (const { pid, ...record } of records) processes.set(pid, [...(processes.get(pid) ?? []), record]);
  return [...processes.values()];
}

module.exports = { alternating, alternatingFixtures, observed, observedFixtures, observedHeap, takeFiles };
