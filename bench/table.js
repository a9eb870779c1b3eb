'use strict';

const { quartiles, spread } = require('./numbers');

const row = (label, cells) =>
  console.log(`  ${label.padEnd(36)}${cells.map(cell => cell.padStart(11)).join('')}`);
const time = value => `${value.toFixed(value < 100 ? 1 : 0)} ms`;
const factor = value => value.toFixed(3);

/** The head of a table. */
function head(...columns) {
  row('', columns);
}

/** A row with the spread of some times, and further columns. */
function times(label, values, ...more) {
  const { min, median, max } = spread(values);
  row(label, [time(min), time(median), time(max), ...more]);
}

/**
 * One figure of plain Jest's and jest-loop's runs: the spread of each, and the ratios. Returns the differences in ms.
 * The ratio of neighbours compares each run with the one just before it: a machine that changes its speed disturbs it
 * least.
 */
function compare(figure, [plain, loop], pick, [one, other] = ['plain Jest', 'jest-loop']) {
  const [a, b] = [plain.map(pick), loop.map(pick)];
  times(`${figure}, ${one}`, a);
  times(`${figure}, ${other}`, b);
  const [x, y] = [spread(a), spread(b)];
  const neighbours = spread(b.map((value, i) => value / a[i]));
  row('  ratio', [factor(y.min / x.min), factor(y.median / x.median)]);
  row('  ratio of neighbours', [neighbours.min, neighbours.median, neighbours.max].map(factor));
  return { min: y.min - x.min, median: y.median - x.median };
}

/** CPU time, which is steadier, and wall time. Returns the differences of CPU time. */
function compareBoth(runs, names) {
  head('min', 'median', 'max');
  const cpu = compare('CPU', runs, run => run.cpu, names);
  compare('wall', runs, run => run.wall, names);
  return cpu;
}

/** The same for runs with workers, with the CPU time of all processes. */
function compareWorkers(runs, names) {
  head('min', 'median', 'max');
  if (runs[0][0].cpuOfAll !== undefined) compare('CPU', runs, run => run.cpuOfAll, names);
  compare('wall', runs, run => run.wall, names);
}

/** How many files at the start of a process are not counted: its code is not compiled yet. */
const WARM_UP = 2;

/**
 * Files that alternate in a process: what each observed one takes, as a ratio to the mean of the two beside it. Garbage
 * that one file leaves to the next makes single ratios differ much.
 */
function compareNeighbours(processes) {
  head('quarter', 'median', '3 quarters', 'files');
  for (const [figure, pick] of [
    ['CPU', file => file.cpu],
    ['wall', file => file.wall],
  ]) {
    const ratios = processes.flatMap(files =>
      files.flatMap((file, i) => {
        const [one, other] = [files[i - 1], files[i + 1]];
        if (!file.seen || i < WARM_UP + 1 || other === undefined) return [];
        return [pick(file) / ((pick(one) + pick(other)) / 2)];
      }),
    );
    row(`${figure}, ratio to the neighbours`, [...quartiles(ratios).map(factor), String(ratios.length)]);
  }
}

/** A line of text below a table. */
function note(text) {
  console.log(text === '' ? '' : `  ${text}`);
}

module.exports = { row, head, times, compareBoth, compareNeighbours, compareWorkers, note, time };
