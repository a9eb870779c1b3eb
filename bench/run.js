'use strict';

/*
 * node bench/run.js [a b c d e f g h i j k l m n o] [--rounds N] [--tests N] [--quick] [--package DIR]
 *
 * Generates the same suite for plain Jest and for jest-loop, runs them in turn, each in its own Jest process, in band
 * except for (h), (i), (m) and parts of (j) and (o), and prints times and ratios. --tests sets the size of (j), (n) and (o).
 * --package measures another build than the installed one.
 */
const os = require('node:os');
const { parseArgs } = require('node:util');
const { ROOT, prepare } = require('./project');
const suites = require('./suites');

const FULL = {
  files: 20,
  tests: 200,
  heapTests: 5000,
  sharing: 40,
  observedTests: 10_000,
  waiting: 200,
  rounds: 7,
};
const QUICK = {
  files: 5,
  tests: 50,
  heapTests: 1000,
  sharing: 8,
  observedTests: 1000,
  waiting: 10,
  rounds: 2,
};

function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string' },
      tests: { type: 'string' },
      quick: { type: 'boolean' },
      package: { type: 'string' },
    },
  });
  const size = { ...(values.quick ? QUICK : FULL) };
  if (values.rounds !== undefined) size.rounds = Number(values.rounds);
  if (values.tests !== undefined) size.observedTests = Number(values.tests);
  const wrong = positionals.find(letter => !(letter in suites));
  if (wrong !== undefined)
    throw new Error(`No suite "${wrong}": there are ${Object.keys(suites).join(', ')}.`);
  if (!(Number.isInteger(size.rounds) && size.rounds > 0))
    throw new Error('--rounds takes a whole number from 1.');

  prepare(values.package);
  const { version } = require(require.resolve('jest/package.json', { paths: [ROOT] }));
  const cores = os.availableParallelism();
  console.log(
    `Node ${process.versions.node}, Jest ${version}, ${process.platform}, ${cores} cores; ${size.rounds} runs of each`,
  );
  for (const letter of positionals.length > 0 ? positionals : Object.keys(suites)) {
    const { title, aim, run } = suites[letter];
    console.log(`\n(${letter}) ${title(size)}`);
    console.log(`    aim: ${aim}\n`);
    run(size);
  }
}

main();
