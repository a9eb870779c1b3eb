'use strict';

const { takeSizes } = require('./generate/heap');
const { measure } = require('./measure');
const { slope, spread } = require('./numbers');
const { head, row } = require('./table');

const MB = 1024 * 1024;
const megabytes = bytes => `${(bytes / MB).toFixed(1)} MB`;

/** The growth per test of each side over several runs, without the first quarter, which is warm-up. */
function growth(projects, step, rounds, names = ['plain Jest', 'jest-loop']) {
  head('first', 'last', 'per test', 'least', 'most');
  for (const [i, runs] of sizes(projects, step, rounds).entries()) {
    const slopes = spread(runs.map(points => slope(points.slice(points.length / 4))));
    const [first, last] = [0, -1].map(at => spread(runs.map(points => points.at(at)[1])).median);
    const bytes = [slopes.median, slopes.min, slopes.max].map(value => `${value.toFixed(0)} B`);
    row(names[i], [megabytes(first), megabytes(last), ...bytes]);
  }
}

function sizes(projects, step, rounds) {
  const found = projects.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, project] of projects.entries()) {
      measure([project], 0);
      found[i].push(takeSizes(project, step));
    }
  }
  return found;
}

module.exports = { growth };
