// `npm run demo`: shows the package at work, in four short chapters. Installs and packs what is missing, silently unless
// that fails; works on a fresh clone. --no-build uses the last packed version.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '..');
const scratch = path.join(root, '.tmp/demo');
const TIMELINE = path.join(scratch, 'timeline.html');
// With the memory limit, Jest starts workers even for a short suite.
const WITH_WORKERS = ['--maxWorkers=2', '--workerIdleMemoryLimit=4GB'];
const shell = process.platform === 'win32';

function main() {
  prepare();
  const first = showFirst();
  const { problems: ofShared, durations } = showShared();
  const problems = [...first, ...ofShared, ...showFailing(), ...showApi()];
  heading('What chapter 2 spent on its fixtures');
  console.log(durations);
  heading('What to open next');
  console.log(NEXT);
  for (const problem of problems) console.error(`\nNOT AS EXPECTED: ${problem}`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}

const NEXT = `  ${path.relative(process.cwd(), TIMELINE)}
      chapter 2 as a timeline, in a browser: what came up where, for whom, and what it cost
  docs/getting-started.md
      a first fixture, a first failure, a first shared database, in fifteen minutes
  examples/README.md
      these suites, in reading order, and two more: a network that breaks, races that fail each time
  docs/coming-from-….md
      a table each for Jest's hooks, Vitest, Playwright and pytest`;

function prepare() {
  fs.rmSync(scratch, { recursive: true, force: true });
  fs.mkdirSync(scratch, { recursive: true });
  quietly(process.execPath, [path.join(root, 'test/tools/install.js')]);
  if (!process.argv.includes('--no-build')) npm(root, 'run', 'self');
  if (changed(path.join(__dirname, 'node_modules/.package-lock.json')) < changed(lockFile())) {
    npm(__dirname, 'ci', '--no-audit', '--no-fund');
  }
}

const lockFile = () => path.join(__dirname, 'package-lock.json');

const changed = file => fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** A command that has to succeed before the demo can start. */
class NotPrepared extends Error {}

/** Says something only if it fails. */
function quietly(command, args, options) {
  const { status, signal, error, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    ...options,
  });
  if (status === 0) return;
  const why = error?.message ?? (signal === null ? `exit code ${status}` : signal);
  // What could not be spawned has printed nothing.
  const printed = [stdout, stderr].filter(Boolean).join('');
  throw new NotPrepared(`${printed}\nThe demo cannot start: ${command} ${args.join(' ')} failed (${why}).`);
}

const npm = (cwd, ...args) => quietly('npm', args, { cwd, shell });

function showFirst() {
  heading('1. Ten lines of fixtures, and one test');
  for (const name of ['jest.fixtures.js', 'hello.test.js']) {
    console.log(`  ${name}\n`);
    console.log(indented(fs.readFileSync(path.join(__dirname, 'first', name), 'utf8'), '    '));
  }
  const { report, output } = jest('first', ['--setup-show']);
  console.log(indented(output.trim(), '  '));
  return report?.numPassedTests === 1 ? [] : ['the first test failed'];
}

/** Runs the suite whose workers share a database, and prints what happened where. */
function showShared() {
  heading('2. One database for the run, two workers: who did what where');
  const diary = path.join(scratch, 'diary.jsonl');
  const { report, output } = jest('shared', [...WITH_WORKERS, '--durations', '3', '--timeline', TIMELINE], {
    DEMO_DIARY: diary,
  });
  const [durations] = /^The 3 most expensive [\s\S]*?\n\n[\s\S]*?\n\n/m.exec(output) ?? [''];
  const entries = fs.existsSync(diary) ? readDiary(diary) : [];
  console.log(`${SHARED}\n`);
  const rolledBack = entries.filter(({ event }) => event.startsWith('rolls back')).length;
  for (const { where, event } of shortened(entries)) console.log(`  ${where.padEnd(14)}${event}`);
  console.log(`\n  ${report?.numPassedTests} tests passed; ${rolledBack} had a transaction.`);
  const problems = [
    ...(report?.success && report.numPassedTests > 0 ? [] : ['the shared suite failed']),
    ...judge(entries),
    ...(durations === '' ? ['there is no table of durations'] : []),
    ...(fs.existsSync(TIMELINE) ? [] : ['there is no timeline']),
  ];
  return { problems, durations: indented(durations.trimEnd(), '  ') };
}

const SHARED = `  "database" has scope session: once per run, in Jest's main process. "connection" has scope worker: once per
  worker, with a schema of its own. "db" has scope test: a transaction, rolled back when the test ends.`;

function readDiary(file) {
  const lines = fs.readFileSync(file, 'utf8').trim().split('\n');
  return lines.map(line => JSON.parse(line));
}

/** The first roll-back of each worker stands for all. */
function shortened(entries) {
  const seen = new Set();
  return entries.filter(({ where, event }) => {
    if (!event.startsWith('rolls back')) return true;
    const isFirst = !seen.has(where);
    seen.add(where);
    return isFirst;
  });
}

/** Checks the recorded events against what scopes promise. */
function judge(entries) {
  const problems = [];
  const of = (text, where = '') =>
    entries.filter(entry => entry.event.startsWith(text) && entry.where.startsWith(where));
  const starts = of('the database starts', 'main process').length;
  const connected = of('connects', 'worker');
  const workers = new Set(connected.map(({ pid }) => pid)).size;
  const order = entries.map(({ event }) => event);
  if (starts !== 1 || order[0] !== 'the database starts') problems.push('the database did not start once');
  if (connected.length !== 2 || workers !== 2) problems.push('the two workers did not connect once each');
  if (of('rolls back', 'worker').length === 0) problems.push('no test had a transaction');
  if (of('disconnects; 0 rows').length !== 2)
    problems.push('a worker did not disconnect, or left rows behind');
  if (!order.at(-1)?.startsWith('the database ends')) problems.push('the database did not end last');
  return problems;
}

/** What the demo shows of the suite that is meant to fail. */
const SHOWN = [
  'an unknown fixture',
  'a test that takes too long › is cancelled, and its finally block runs',
  'an error in the background › fails the test that started it',
  'the next test fails with it, too, and with where it was first seen',
];

/** Runs the suite that is meant to fail, except for the tests named "... passes". */
function showFailing() {
  heading('3. What failures look like: a suite that is meant to fail');
  const { report, output } = jest('failing', ['--runInBand']);
  const failures = output.split(/^(?= {2}● )/m).map(text => text.split(/^(?:FAIL|PASS|Test Suites:)/m)[0]);
  const shown = SHOWN.map(name => failures.find(text => text.startsWith(`  ● ${name}\n`)));
  console.log(shown.join('').trimEnd());
  console.log(`\n  … and ${report?.numFailedTests - SHOWN.length} more: cd examples/failing && npx jest`);
  const problems = shown.includes(undefined) ? ['a failure is missing'] : [];
  for (const { assertionResults, name } of report?.testResults ?? []) {
    // An invalid declaration fails the whole file.
    const isBroken = assertionResults.length === 0;
    if (isBroken !== name.endsWith('options.test.js')) problems.push(`${name} did not run as expected`);
    for (const { fullName, status } of assertionResults) {
      const expected = fullName.endsWith(' passes') ? 'passed' : 'failed';
      if (status !== expected) problems.push(`"${fullName}" ${status}`);
    }
  }
  if (!(report?.numFailedTests > 0)) problems.push('the failing suite did not run');
  return problems;
}

function showApi() {
  heading('4. A larger suite: an HTTP API over PostgreSQL, with two workers');
  const { report, output } = jest('api', WITH_WORKERS);
  console.log(indented(output.trim(), '  '));
  return report?.success && report.numPassedTests > 0 ? [] : ['the API suite failed'];
}

/** Runs `npx jest-loop` in an example: its results, and what it prints. */
function jest(directory, args, env = {}) {
  const shown = args.filter(arg => arg !== TIMELINE && arg !== WITH_WORKERS[1]);
  console.log(`  $ cd examples/${directory} && npx jest-loop ${shown.join(' ')}\n`);
  const outputFile = path.join(scratch, `${directory}.json`);
  const cli = path.join(root, 'node_modules/jest-loop/build/entries/cli.js');
  const { stderr } = spawnSync(
    process.execPath,
    [cli, '--reporters=default', '--json', `--outputFile=${outputFile}`, ...args],
    {
      cwd: path.join(__dirname, directory),
      env: { ...process.env, ...env },
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
      // With --json Jest prints its readable report on stderr.
      stdio: ['inherit', 'ignore', 'pipe'],
    },
  );
  const report = changed(outputFile) > 0 ? JSON.parse(fs.readFileSync(outputFile, 'utf8')) : undefined;
  return { report, output: stderr.replace(/^(?:Test results written to|Ran all test suites).*\n/gm, '') };
}

const indented = (text, by) => text.replace(/^(?=.)/gm, by);

function heading(title) {
  console.log(`\n${title}\n${'='.repeat(title.length)}\n`);
}

try {
  main();
} catch (error) {
  if (!(error instanceof NotPrepared)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
