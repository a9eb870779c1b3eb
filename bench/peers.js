'use strict';

/*
 * node bench/peers.js [trivial] [fixtures] [--files N] [--tests N] [--rounds N] [--workers N]
 *
 * The same suites in jest-loop, plain Jest, Vitest, Playwright test and Mocha, in turn: the CPU time of all processes of
 * a run, and its wall time. Each run must pass, with as many tests as the suite has. `npm install` in `bench/peers`
 * installs the peers (`npm ci` does not: an optional dependency of Vite is not in the registry).
 */
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { performance } = require('node:perf_hooks');
const { parseArgs, stripVTControlCharacters } = require('node:util');
const { PEERS, jest, peer, takeCounts } = require('./generate/peers');
const { ENV, JEST, cpuOfChildren } = require('./measure');
const { spread } = require('./numbers');
const { ROOT, prepare } = require('./project');
const { head, note, row, time } = require('./table');

const bin = (...names) => path.join(PEERS, 'node_modules', ...names);

const TITLES = {
  trivial: 'trivial tests',
  fixtures: 'tests with 3 chained fixtures each and one for the file, or as many hooks',
};

/** What each program says of its tests when all have passed. */
const PASSED = {
  jest: /^Tests: +(\d+) passed, \1 total$/m,
  vitest: /^ +Tests +(\d+) passed \(\1\)$/m,
  playwright: /^ +(\d+) passed \(/m,
  mocha: /^ +(\d+) passing \(/m,
};

/** The programs that run one suite: name, kind, folder and command of each. */
function programs(suite, { files, tests, workers }) {
  const two = workers > 1;
  const vitest = ['run', '--pool=forks', `--maxWorkers=${workers}`, '--reporter=dot'];
  const jestArgs = two ? [`--maxWorkers=${workers}`, '--workerIdleMemoryLimit=4GB'] : ['-i'];
  const [plain, loop] = jest(suite, files, tests).map(({ dir }) => dir);
  const dirs = Object.fromEntries(
    ['vitest', 'playwright', 'mocha'].map(kind => [kind, peer(kind, suite, files, tests)]),
  );
  const inJest = (name, dir) => ({ name, kind: 'jest', dir, args: [JEST, ...jestArgs, '--rootDir', dir] });
  const inVitest = (name, ...more) => ({
    name,
    kind: 'vitest',
    dir: dirs.vitest,
    args: [bin('vitest/vitest.mjs'), ...vitest, ...(two ? [] : ['--no-file-parallelism']), ...more],
  });
  return [
    inJest('plain Jest', plain),
    inJest('jest-loop', loop),
    inVitest('Vitest, isolated'),
    inVitest('Vitest, not isolated', '--no-isolate'),
    {
      name: 'Playwright test',
      kind: 'playwright',
      dir: dirs.playwright,
      args: [bin('@playwright/test/cli.js'), 'test', `--workers=${workers}`, '--reporter=dot'],
    },
    {
      name: 'Mocha',
      kind: 'mocha',
      dir: dirs.mocha,
      args: [
        bin('mocha/bin/mocha.js'),
        '*.test.js',
        '--reporter=dot',
        ...(two ? ['--parallel', `--jobs=${workers}`] : []),
      ],
    },
  ];
}

/** Runs a program once: all of its tests must run, and pass. */
function once({ name, kind, dir, args }, tests) {
  const before = cpuOfChildren();
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: dir,
    env: ENV,
    encoding: 'utf8',
  });
  const wall = performance.now() - started;
  const [, passed = 'none'] = PASSED[kind].exec(stripVTControlCharacters(`${stdout}\n${stderr}`)) ?? [];
  if (status !== 0 || Number(passed) !== tests)
    throw new Error(`${name}: ${passed} of ${tests} tests passed, status ${status}\n${stdout}${stderr}`);
  return { wall, cpu: before === undefined ? wall : cpuOfChildren() - before };
}

/**
 * Shows on a small suite that each program opens and closes the same resources: each test its own chain, and each file
 * one server. Playwright has no scope of a file: there a worker has one, and Vitest without isolation need not make more.
 */
function checkWork(workers) {
  const [files, tests] = [3, 4];
  for (const program of programs('counting', { files, tests, workers })) {
    takeCounts();
    once(program, files * tests);
    const counts = takeCounts();
    const { name } = program;
    for (const [resource, count] of Object.entries({
      db: files * tests,
      user: files * tests,
      session: files * tests,
    })) {
      if (counts[`open ${resource}`] !== count || counts[`close ${resource}`] !== count)
        throw new Error(`${name}: not ${count} of ${resource} in ${JSON.stringify(counts)}`);
    }
    const servers = counts['open server'];
    const least = name === 'Playwright test' ? 1 : files;
    if (!(servers >= least && servers <= files && counts['close server'] === servers))
      throw new Error(`${name}: not ${files} servers in ${JSON.stringify(counts)}`);
  }
}

function compare(suite, { files, tests, rounds, workers }) {
  const all = programs(suite, { files, tests, workers });
  // The first fills caches and is not counted.
  for (const program of all) once(program, files * tests);
  const runs = all.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, program] of all.entries()) runs[i].push(once(program, files * tests));
  }
  console.log(
    `\n${files} files of ${tests} ${TITLES[suite]}; ${workers} worker${workers === 1 ? '' : 's'}\n`,
  );
  head('CPU min', 'median', 'to Jest', 'wall min', 'median', 'to Jest');
  for (const [i, { name }] of all.entries()) {
    const cells = ['cpu', 'wall'].flatMap(figure => {
      const { min, median } = spread(runs[i].map(each => each[figure]));
      // Each run against plain Jest's of the same round: a machine that changes its speed disturbs that least.
      const ratio = spread(runs[i].map((each, at) => each[figure] / runs[0][at][figure])).median;
      return [time(min), time(median), ratio.toFixed(2)];
    });
    row(name, cells);
  }
}

function readSize() {
  const names = ['files', 'tests', 'rounds', 'workers'];
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: Object.fromEntries(names.map(name => [name, { type: 'string' }])),
  });
  const size = { files: 20, tests: 200, rounds: 5, workers: 1 };
  for (const [name, value] of Object.entries(values)) {
    size[name] = Number(value);
    if (!(Number.isInteger(size[name]) && size[name] > 0))
      throw new Error(`--${name} takes a whole number from 1.`);
  }
  const wrong = positionals.find(suite => !(suite in TITLES));
  if (wrong !== undefined)
    throw new Error(`No suite "${wrong}": there are ${Object.keys(TITLES).join(', ')}.`);
  return { size, suites: positionals.length > 0 ? positionals : Object.keys(TITLES) };
}

function main() {
  const { size, suites } = readSize();
  if (!fs.existsSync(bin('vitest')))
    throw new Error('The peers are not installed: npm install --prefix bench/peers');
  prepare();
  const version = file => require(file).version;
  const of = name => version(bin(name, 'package.json'));
  const jestVersion = version(require.resolve('jest/package.json', { paths: [ROOT] }));
  note(
    `Node ${process.versions.node}, Jest ${jestVersion}, Vitest ${of('vitest')}, Playwright ${of('@playwright/test')}, Mocha ${of('mocha')}; ${size.rounds} runs of each`,
  );
  checkWork(size.workers);
  for (const suite of suites) compare(suite, size);
}

main();
