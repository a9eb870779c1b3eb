'use strict';

/*
 * node bench/peers.js [trivial] [fixtures] [--files N] [--tests N] [--rounds N] [--workers N]
 *
 * The same suites in jest-loop, plain Jest, Vitest, Playwright test and Mocha, in turn: the CPU time of all processes of
 * a run, and its wall time. `npm ci` in `bench/peers` installs the peers.
 */
const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { performance } = require('node:perf_hooks');
const { parseArgs } = require('node:util');
const { PEERS, jest, peer } = require('./generate/peers');
const { ENV, JEST, cpuOfChildren } = require('./measure');
const { spread } = require('./numbers');
const { prepare } = require('./project');
const { head, note, row, time } = require('./table');

const bin = (...names) => path.join(PEERS, 'node_modules', ...names);

/** The programs that run one suite: the name, the folder and the command of each. */
function programs(suite, files, tests, workers) {
  const vitest = peer('vitest', suite, files, tests);
  const run = [bin('vitest/vitest.mjs'), 'run', '--pool=forks', `--maxWorkers=${workers}`, '--reporter=dot'];
  if (workers === 1) run.push('--no-file-parallelism');
  const playwright = [bin('@playwright/test/cli.js'), 'test', `--workers=${workers}`, '--reporter=dot'];
  const mocha = [bin('mocha/bin/mocha.js'), '*.test.js', '--reporter=dot'];
  if (workers > 1) mocha.push('--parallel', `--jobs=${workers}`);
  const [plain, loop] = jest(suite, files, tests);
  const where = workers === 1 ? ['-i'] : [`--maxWorkers=${workers}`, '--workerIdleMemoryLimit=4GB'];
  const jestIn = ({ dir }) => [dir, [JEST, ...where, '--silent', '--rootDir', dir]];
  return [
    ['plain Jest', ...jestIn(plain)],
    ['jest-loop', ...jestIn(loop)],
    ['Vitest, isolated', vitest, run],
    ['Vitest, not isolated', vitest, [...run, '--no-isolate']],
    ['Playwright test', peer('playwright', suite, files, tests), playwright],
    ['Mocha', peer('mocha', suite, files, tests), mocha],
  ];
}

/** Runs a program once; it must pass. */
function once([name, cwd, args]) {
  const before = cpuOfChildren();
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, env: ENV, encoding: 'utf8' });
  const wall = performance.now() - started;
  if (status !== 0) throw new Error(`${name}: status ${status}\n${stdout}${stderr}`);
  return { wall, cpu: before === undefined ? wall : cpuOfChildren() - before };
}

function compare(suite, title, { files, tests, rounds, workers }) {
  const all = programs(suite, files, tests, workers);
  // The first fills caches and is not counted.
  for (const program of all) once(program);
  const runs = all.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, program] of all.entries()) runs[i].push(once(program));
  }
  console.log(`\n${files} files of ${tests} ${title}; ${workers} worker${workers === 1 ? '' : 's'}\n`);
  head('CPU min', 'median', 'to Jest', 'wall min', 'median');
  for (const [i, [name]] of all.entries()) {
    const [cpu, wall] = ['cpu', 'wall'].map(figure => spread(runs[i].map(each => each[figure])));
    // Each run against plain Jest's of the same round: a machine that changes its speed disturbs that least.
    const ratio = spread(runs[i].map((each, at) => each.cpu / runs[0][at].cpu)).median.toFixed(2);
    row(name, [time(cpu.min), time(cpu.median), ratio, time(wall.min), time(wall.median)]);
  }
}

function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: Object.fromEntries(
      ['files', 'tests', 'rounds', 'workers'].map(name => [name, { type: 'string' }]),
    ),
  });
  const size = { files: 20, tests: 200, rounds: 5, workers: 1 };
  for (const [name, value] of Object.entries(values)) size[name] = Number(value);
  prepare();
  const version = name => require(bin(name, 'package.json')).version;
  note(
    `Node ${process.versions.node}, Vitest ${version('vitest')}, Playwright ${version('@playwright/test')}, Mocha ${version('mocha')}`,
  );
  const titles = {
    trivial: 'trivial tests',
    fixtures: 'tests with 3 chained fixtures each and one for the file, or as many hooks',
  };
  for (const suite of positionals.length > 0 ? positionals : Object.keys(titles))
    compare(suite, titles[suite], size);
}

main();
