'use strict';

const {
  alternating,
  alternatingFixtures,
  observed,
  observedFixtures,
  observedHeap,
  takeFiles,
} = require('./generate/observed');
const { TWO_WORKERS } = require('./generate/shared');
const { growth } = require('./growth');
const { measure, runOnce } = require('./measure');
const { compareBoth, compareNeighbours, compareWorkers, note, time } = require('./table');

/** How many files the observed tests stand in. */
const FILES = 10;
const NAMES = ['without', 'with a timeline'];
const CHAINED = 'tests with three chained fixtures each, and one for the file';

const j = {
  title: ({ observedTests }) => `${observedTests} tests with a timeline, and without`,
  aim: 'at most 1.05 times the run without; the heap does not grow more',
  run({ observedTests, rounds }) {
    const size = [FILES, observedTests / FILES];
    for (const [i, [title, projects, compare]] of [
      ['trivial tests, in band', () => observed('j', ...size), compareBoth],
      ['trivial tests, on two workers', () => observed('jw', ...size, TWO_WORKERS), compareWorkers],
      [CHAINED, () => observedFixtures('j3', ...size), compareBoth],
      [`${CHAINED}, on two workers`, () => observedFixtures('j3w', ...size, TWO_WORKERS), compareWorkers],
    ].entries()) {
      if (i > 0) note('');
      note(title);
      compare(measure(projects(), rounds), NAMES);
    }
    note('');
    note(
      `heap over these tests after collection, in ${FILES} files in band: one process writes and reads the stream`,
    );
    const step = observedTests / FILES;
    growth(observedHeap('jh', FILES, step), step, Math.ceil(rounds / 2), NAMES);
  },
};

/** Files of (o): more than in (j), since each has a neighbour of the other kind. */
const ALTERNATING = 40;

const o = {
  title: ({ observedTests }) =>
    `${observedTests} tests in ${ALTERNATING} files, of which every second one is observed for a timeline`,
  aim: 'an observed file takes at most 1.05 times what its neighbours take',
  run({ observedTests, rounds }) {
    const size = [ALTERNATING, observedTests / ALTERNATING];
    for (const [i, [title, project]] of [
      ['trivial tests, in band', () => alternating('o', ...size)],
      ['trivial tests, on two workers', () => alternating('ow', ...size, TWO_WORKERS)],
      [CHAINED, () => alternatingFixtures('o3', ...size)],
      [`${CHAINED}, on two workers`, () => alternatingFixtures('o3w', ...size, TWO_WORKERS)],
    ].entries()) {
      if (i > 0) note('');
      note(title);
      compareNeighbours(filesOf(project(), rounds));
    }
    note('');
    note('a run with one test: what a timeline costs once');
    const once = compareBoth(measure(observed('o1', 1, 1), 2 * rounds), NAMES);
    note(`it adds, in CPU time: ${time(once.min)} by minima, ${time(once.median)} by medians`);
  },
};

/** What the files of each process took, in turn, over several runs. */
function filesOf(project, rounds) {
  // The first run fills the transform cache.
  measure([project], 0);
  takeFiles(project);
  return Array.from({ length: rounds }, () => {
    runOnce(project);
    return takeFiles(project);
  }).flat();
}

module.exports = { j, o };
