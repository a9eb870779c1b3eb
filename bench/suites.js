'use strict';

const { backends, hour, MS, WAITS } = require('./generate/backends');
const { entrypoints } = require('./generate/entrypoints');
const { fixtures } = require('./generate/fixtures');
const { heap } = require('./generate/heap');
const { loops } = require('./generate/loops');
const { parallel } = require('./generate/parallel');
const { START, TWO_WORKERS, shared } = require('./generate/shared');
const { LIMIT, timeouts } = require('./generate/timeouts');
const { runners, trivial } = require('./generate/trivial');
const { growth } = require('./growth');
const { measure, readLeft, runOnce, runProgram, takeLines } = require('./measure');
const { spread } = require('./numbers');
const { j, o } = require('./suites-observed');
const { compareBoth, compareWorkers, head, note, row, time, times } = require('./table');

/*
 * Each suite has a title, an aim, and `run`, which measures and prints. `size` holds the size of the generated suites
 * and the number of counted runs.
 */

const a = {
  title: ({ files, tests }) =>
    `${files} files of ${tests} trivial tests: only the preset, which runs each in its own Loop`,
  aim: 'at most 1.00 times plain Jest; at most 3 ms per file',
  run({ files, tests, rounds }) {
    const many = compareBoth(measure(trivial('a', files, tests), rounds));
    note('');
    note(`The same ${files} files with one test each: the cost of a file`);
    const single = compareBoth(measure(trivial('a1', files, 1), rounds));
    note('');
    const perFile = pick => time(single[pick] / files);
    const perTest = pick => `${((1000 * (many[pick] - single[pick])) / (files * (tests - 1))).toFixed(1)} µs`;
    note('What jest-loop adds, in CPU time');
    head('by minima', 'by medians');
    row('per file', [perFile('min'), perFile('median')]);
    row('per test', [perTest('min'), perTest('median')]);
  },
};

const b = {
  title: ({ files, tests }) =>
    `${files} files of ${tests} tests with 3 chained fixtures each and one for the file, or as many hook pairs`,
  aim: 'at most 0.85 times plain Jest',
  run({ files, tests, rounds }) {
    compareBoth(measure(fixtures('b', files, tests), rounds));
  },
};

const KINDS = {
  babel: 'JavaScript, Jest and Babel alone',
  javascript: 'JavaScript, ts-jest is installed (plain Jest does not load it)',
  typescript: 'TypeScript by ts-jest (plain Jest: configured by hand)',
};

const c = {
  title: () => 'Start-up: one file with one test',
  aim: 'at most 10 ms more',
  run({ rounds }) {
    const compare = (title, projects) => {
      note(title);
      // These runs are short.
      const added = compareBoth(measure(projects, 2 * rounds));
      note(`jest-loop adds, in CPU time: ${time(added.min)} by minima, ${time(added.median)} by medians`);
    };
    for (const [kind, title] of Object.entries(KINDS)) {
      compare(title, trivial(`c-${kind}`, 1, 1, kind));
      note('');
    }
    const inCI = trivial('c-ci', 1, 1, 'babel').map(project => ({ ...project, env: { CI: 'true' } }));
    compare('JavaScript in continuous integration, where no compiled code of Jest is kept', inCI);
  },
};

const d = {
  title: ({ heapTests }) => `Heap over ${heapTests} tests with fixtures, after collection`,
  aim: 'at most 1.1 times the growth of plain Jest, which keeps an entry for each test',
  run({ heapTests, rounds }) {
    const few = Math.ceil(rounds / 2);
    note('in one file');
    growth(heap('d1', 1, heapTests, heapTests / 20), heapTests / 20, few);
    note('');
    note('in 20 files, in band');
    growth(heap('d20', 20, heapTests / 20, heapTests / 20), heapTests / 20, few);
  },
};

const e = {
  title: () => '20 tests with 8 independent fixtures that take 20 ms each',
  aim: "at most 30 ms per test with setup: 'parallel'",
  run({ rounds }) {
    const [plain, atOnce, inTurn] = measure(parallel(20), rounds);
    const each = runs => runs.flatMap(run => run.tests);
    note('per test, hooks included');
    head('min', 'median', 'max');
    times('plain Jest, Promise.all', each(plain));
    times("jest-loop, 'parallel'", each(atOnce));
    times("jest-loop, 'sequential'", each(inTurn));
  },
};

/** The cost of a Loop against plain Node. `run` runs one project. */
function compareWork([bare, loop], run, rounds) {
  const found = { bare: [], loop: [] };
  for (let round = 0; round < rounds; round++) {
    for (const [side, project] of [
      ['bare', bare],
      ['loop', loop],
    ]) {
      run(project);
      found[side].push(readLeft(project, 'times.json'));
    }
  }
  head('min', 'median', 'max', 'ratio');
  for (const kind of Object.keys(found.bare[0])) {
    const [a, b] = [found.bare, found.loop].map(runs => runs.map(times => times[kind]));
    times(`${kind}, bare`, a);
    times(`${kind}, Loop`, b, (spread(b).min / spread(a).min).toFixed(2));
  }
}

const f = {
  title: () => '100,000 sleep(0) and 100,000 tasks in a Loop, or plain setImmediate and promises',
  aim: 'a few microseconds each',
  run({ rounds }) {
    const few = Math.ceil(rounds / 2);
    const { outside, inside } = loops();
    note('in Node');
    compareWork(outside, runProgram, few);
    note('');
    note('in a test; plain Jest on the other side');
    compareWork(inside, runOnce, few);
  },
};

const HANGING = 20;

const g = {
  title: () => `${HANGING} tests that each time out after ${LIMIT} ms`,
  aim: `about ${HANGING} x ${LIMIT} ms, and the same for the grace period; nothing runs on`,
  run({ rounds }) {
    const projects = timeouts(HANGING);
    const [plain, loop] = measure(projects, Math.ceil(rounds / 2));
    note('all of these tests together');
    head('min', 'median', 'max');
    const wall = runs => runs.map(({ tests }) => tests.slice(0, HANGING).reduce((sum, ms) => sum + ms, 0));
    times('plain Jest, which stops nothing', wall(plain));
    times('jest-loop', wall(loop));
    row('  against limit + grace', [(spread(wall(loop)).min / (HANGING * LIMIT * 2)).toFixed(3)]);
    const [left, none] = projects.map(project => readLeft(project, 'left.json'));
    note(`timers of these tests that fired in the next 100 ms: plain Jest ${left}, jest-loop ${none}`);
  },
};

const SHARING = ['plain Jest, beforeAll', 'plain Jest, globalSetup', 'jest-loop, scope session'];

const h = {
  title: ({ sharing }) =>
    `${sharing} files on two workers that need one service, which takes ${START} ms to start`,
  aim: "the session fixture is made once; at most 1.05 times Jest's globalSetup",
  run({ sharing, rounds }) {
    const few = Math.ceil(rounds / 2);
    const projects = shared(sharing);
    const runs = measure(projects, few).map(each => each.map(({ wall }) => wall));
    const starts = projects.map(project => takeLines(project, 'starts.txt') / (few + 1));
    if (starts.join() !== [sharing, 1, 1].join()) throw new Error(`started ${starts.join()} times per run`);
    note('wall time of a run, and how often the service started');
    head('min', 'median', 'max', 'starts');
    for (const [i, name] of SHARING.entries()) times(name, runs[i], `${starts[i]}`);
    const [hook, globalSetup, session] = runs.map(spread);
    for (const [name, other] of [
      ['beforeAll', hook],
      ['globalSetup', globalSetup],
    ]) {
      const ratios = ['min', 'median'].map(pick => (session[pick] / other[pick]).toFixed(3));
      row(`  ratio, session : ${name}`, ratios);
    }
  },
};

const i = {
  title: ({ sharing }) =>
    `${sharing} files of 10 trivial tests on two workers, without shared fixtures: the cost of the preset's runner`,
  aim: "indistinguishable from Jest's own runner",
  run({ sharing, rounds }) {
    compareWorkers(measure(runners('i', sharing, 10), rounds), ['jest-runner', "the preset's"]);
  },
};

const k = {
  title: ({ waiting }) => `${waiting} tests that each wait ${WAITS} x ${MS} ms, on real and on virtual time`,
  aim: 'virtual time at least 50 times faster; an hour of sleeps below 50 ms',
  run({ waiting, rounds }) {
    const [real, virtual] = backends(waiting);
    const sum = ({ tests }) => tests.reduce((all, ms) => all + ms, 0);
    // They take what they wait: there is little to vary.
    const once = runOnce(real);
    const [runs] = measure([virtual], rounds);
    note('all of these tests together');
    head('min', 'median', 'max');
    times('real time', [sum(once)]);
    times('virtual time', runs.map(sum));
    row('  times faster', [(sum(once) / spread(runs.map(sum)).max).toFixed(0)]);
    row('  the whole run, start of Jest included', [
      (once.wall / spread(runs.map(({ wall }) => wall)).max).toFixed(0),
    ]);
    const [sleeping] = measure([hour()], rounds);
    times('an hour of sleeps', sleeping.map(sum));
  },
};

const l = {
  title: ({ files, tests }) => `${files} x ${tests} trivial tests beside an entrypoint without services`,
  aim: 'no more than a fixture with a teardown',
  run({ files, tests, rounds }) {
    const [alone, ended, entrypoint] = measure(entrypoints('l', files, tests), rounds);
    const more = [
      ['a fixture with a teardown', compareBoth([alone, ended], ['without', 'with a fixture that ends'])],
      ['an entrypoint', compareBoth([alone, entrypoint], ['without', 'with an entrypoint'])],
    ];
    note('');
    note('What it adds to a test, in CPU time');
    head('by minima', 'by medians');
    const perTest = ms => `${((1000 * ms) / (files * tests)).toFixed(1)} µs`;
    for (const [name, { min, median }] of more) row(name, [perTest(min), perTest(median)]);
  },
};

const m = {
  title: () => 'On two workers: the preset, and nothing else, beside plain Jest',
  aim: 'as in band, where one process runs as many files as a worker',
  run({ files, tests, sharing, rounds }) {
    const few = 2;
    const plain = each => (name, count, more) => trivial(name, count, each, 'babel', more);
    const fixed = (name, count, more) => fixtures(name, count, tests, more);
    for (const [i, [count, what, make]] of [
      [files, `files of ${tests} trivial tests`, plain(tests)],
      [files, `files of ${tests} tests with fixtures, as in (b)`, fixed],
      [sharing, `files of ${few} trivial tests`, plain(few)],
    ].entries()) {
      if (i > 0) note('');
      note(`${count} ${what}`);
      compareWorkers(measure(make(`m${i}`, count, { args: TWO_WORKERS }), rounds));
      note('');
      note(`${Math.ceil(count / 2)} of them, in band`);
      compareBoth(measure(make(`m${i}-half`, Math.ceil(count / 2)), rounds));
    }
  },
};

const n = {
  title: ({ observedTests }) => `One file of ${observedTests / 2} trivial tests, in band`,
  aim: 'at most 1.05 times plain Jest: nothing that a longer list of tests makes slower',
  run({ observedTests, rounds }) {
    compareBoth(measure(trivial('n', 1, observedTests / 2), rounds));
  },
};

module.exports = { a, b, c, d, e, f, g, h, i, j, k, l, m, n, o };
