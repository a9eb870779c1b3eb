// `npm run demo`: installs and packs whatever is missing, then shows the package at work. Works on a fresh clone.
// --no-build uses the last packed version.
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
  const inBand = showApi('The API suite, in band: each test with its name', ['--runInBand', '--verbose']);
  const withWorkers = showApi(
    'The same suite with two workers: each has its own server and database',
    WITH_WORKERS,
  );
  const outage = showOutage();
  const failing = showFailing();
  // Last, since it ends with the three most expensive fixtures.
  const shared = showShared();

  heading('Summary');
  const problems = [
    ...problemsOf('in band', inBand, inBand.processes === 1),
    ...problemsOf('with two workers', withWorkers, withWorkers.processes === 2),
    ...shared.problems,
    ...outage.problems,
    ...failing.problems,
  ];
  console.log(
    `in band:          ${inBand.report?.numPassedTests} tests passed in ${inBand.processes} process`,
  );
  console.log(
    `with two workers: ${withWorkers.report?.numPassedTests} tests passed in ${withWorkers.processes} processes`,
  );
  console.log(
    `shared database:  ${shared.report?.numPassedTests} tests passed, ${shared.workers} workers, ${shared.starts} start of the database`,
  );
  console.log(
    `outages:          ${outage.report?.numPassedTests} tests passed; of the naive client ${outage.naive?.numFailedTests} fail`,
  );
  console.log(`meant to fail:    ${failing.report?.numFailedTests} tests failed, as they should`);
  if (fs.existsSync(TIMELINE))
    console.log(`\nThe last suite as a timeline, to open in a browser: ${TIMELINE}`);
  else problems.push('there is no timeline');
  for (const problem of problems) console.error(`\nNOT AS EXPECTED: ${problem}`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}

function prepare() {
  heading('Preparing');
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

/** Says something only if it fails. */
function quietly(command, args, options) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', ...options });
  if (status === 0) return;
  process.stderr.write(`${stdout}${stderr}`);
  throw new Error(`${command} ${args.join(' ')} failed with exit code ${status}`);
}

const npm = (cwd, ...args) => quietly('npm', args, { cwd, shell });

/** Runs the API suite and counts the processes of its files. */
function showApi(title, args) {
  heading(title);
  const noted = fs.mkdtempSync(path.join(scratch, 'processes-'));
  const outcome = jest('api', [...args, `--setupFiles=${path.join(__dirname, 'note-process.js')}`], {
    DEMO_PROCESSES: noted,
  });
  return { ...outcome, processes: fs.readdirSync(noted).length };
}

function problemsOf(name, { exitCode, report }, processesFit) {
  const problems = [];
  if (exitCode !== 0 || !(report?.numPassedTests > 0)) problems.push(`the API suite failed ${name}`);
  if (!processesFit) problems.push(`the API suite ${name} ran in the wrong number of processes`);
  return problems;
}

/** Runs the suite whose workers share a database, and prints what happened where. */
function showShared() {
  heading('One database per run, a connection and a schema per worker, a transaction per test');
  const diary = path.join(fs.mkdtempSync(path.join(scratch, 'diary-')), 'diary.jsonl');
  const { exitCode, report } = jest('shared', [...WITH_WORKERS, '--verbose'], {
    DEMO_DIARY: diary,
    JEST_LOOP_DURATIONS: '3',
    JEST_LOOP_TIMELINE: TIMELINE,
  });
  const entries = fs.existsSync(diary) ? readDiary(diary) : [];
  console.log(`\n${SHARED}\n`);
  for (const { where, event } of entries) console.log(`  ${where.padEnd(14)}${event}`);
  const problems = exitCode === 0 && report?.numPassedTests > 0 ? [] : ['the shared suite failed'];
  return { report, ...judge(entries, problems) };
}

const SHARED = `What happened, and in which process. "database" has scope session: it came up once, in Jest's main process,
when a test first requested it, and was torn down there after everything else. "connection" has scope worker: each
worker set up one for all of its test files, in a schema that the other worker does not see. "db" has scope test: it
rolls back the writes of its test.`;

function readDiary(file) {
  const lines = fs.readFileSync(file, 'utf8').trim().split('\n');
  return lines.map(line => JSON.parse(line));
}

/** Checks the recorded events against what scopes promise. */
function judge(entries, problems) {
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
  return { starts, workers, problems };
}

/** Runs the suite of outages with the client that survives them, and with one that does not. */
function showOutage() {
  heading('A client of a database whose network breaks: latency, cuts, resets, a server that dies');
  const careful = jest('outage', ['--runInBand', '--verbose']);
  const problems =
    careful.exitCode === 0 && careful.report?.numPassedTests > 0 ? [] : ['the outage suite failed'];
  heading('The same tests find what is WRONG with a naive client: it pays twice, and waits for ever');
  const naive = jest('outage', ['--runInBand', '--verbose'], { LEDGER: 'naive' });
  const failed = (naive.report?.testResults ?? [])
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'failed')
    .map(({ title }) => title.split(':')[0]);
  if (failed.join() !== NAIVE_FAILS.join())
    problems.push(`the naive client failed in: ${failed.join(', ') || 'nothing'}`);
  return { report: careful.report, naive: naive.report, problems };
}

const NAIVE_FAILS = ['a cut in the middle of the answer', 'a network that swallows everything'];

/** Runs the suite that is meant to fail, except for the tests named "... passes". */
function showFailing() {
  heading('A suite that is MEANT TO FAIL: what a user sees');
  const { exitCode, report } = jest('failing', ['--runInBand']);
  const problems = [];
  if (exitCode !== 1) problems.push(`the failing suite ended with exit code ${exitCode}`);
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
  return { report, problems };
}

function jest(directory, args, env = {}) {
  const outputFile = path.join(fs.mkdtempSync(path.join(scratch, `${directory}-`)), 'report.json');
  const bin = require.resolve('jest/bin/jest');
  const { status } = spawnSync(
    process.execPath,
    [bin, '--reporters=default', '--json', `--outputFile=${outputFile}`, ...args],
    // With --json Jest prints its readable report on stderr: send it to stdout, among the headings.
    {
      cwd: path.join(__dirname, directory),
      env: { ...process.env, ...env },
      stdio: ['inherit', 'ignore', 1],
    },
  );
  const report = changed(outputFile) > 0 ? JSON.parse(fs.readFileSync(outputFile, 'utf8')) : undefined;
  return { exitCode: status, report };
}

function heading(title) {
  console.log(`\n${'='.repeat(100)}\n${title}\n${'='.repeat(100)}\n`);
}

main();
