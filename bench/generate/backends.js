'use strict';

const { writeProject } = require('../project');
const { lines, testFiles, PRESET } = require('./sources');

/** How often each test waits, and how long in ms. */
const WAITS = 10;
const MS = 100;

const body = `for (let i = 0; i < ${WAITS}; i++) await new Promise(resolve => setTimeout(resolve, ${MS}));`;
const on = backend => ({ ...PRESET, testEnvironmentOptions: { loop: { backend } } });

/** Tests that wait, on real and on virtual time. */
function backends(tests) {
  // The reporter of the benchmark keeps the times of small files only.
  const perFile = Math.min(tests, 50);
  const files = testFiles(
    tests / perFile,
    lines(perFile, i => `test('waits ${i}', async () => { ${body} });`),
  );
  return ['node', 'virtual'].map(backend =>
    writeProject(`backends-${backend}`, { files, tests, config: on(backend) }),
  );
}

/** One test that sleeps for an hour of virtual time, minute by minute. */
function hour() {
  const source = `test('sleeps', async ({ eventLoop }) => {
  for (let minute = 0; minute < 60; minute++) await eventLoop.sleep(60_000);
});`;
  return writeProject('backends-hour', { files: testFiles(1, source), tests: 1, config: on('virtual') });
}

module.exports = { MS, WAITS, backends, hour };
