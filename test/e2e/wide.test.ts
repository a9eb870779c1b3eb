import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';
import { FULL, fullTest, sized, sizedTo } from '../sizes';
import { describeReport } from './describe-report';
import { expectedText, runGolden } from './golden';
import { runLogged } from './logged';
import type { LogEntry, Report, TestReport } from './report';
import { IN_BAND, keepJest, ROOT, WORKERS } from './run-jest';
import { expectedOf, lingers } from './settled';

keepJest();

/*
 * What outlives test files, with one process and with two workers, written in TypeScript, in JavaScript and for Babel:
 * the projects test/projects/wide-*. What they report in band, as TypeScript, stands in their expected.txt; each of
 * the others is compared with that, but for what depends on which worker runs which file: it is checked by what must
 * hold for each process.
 */
const PROJECTS = path.join(ROOT, 'test/projects');
const names = fs.readdirSync(PROJECTS).filter(name => /^wide-[^.]*$/.test(name));

const PROCESSES = [
  ['with two workers', WORKERS],
  ['in band', IN_BAND],
] as const;

type Language = 'TypeScript' | 'JavaScript' | 'Babel';
/** Another language differs in how files are loaded. */
const LANGUAGES = sizedTo<Language>(1, ['TypeScript', 'JavaScript', 'Babel']);
/** With workers, files are loaded in both kinds of process: two projects with them are enough for `npm test`. */
const COMPARED = sized(['wide-crash', 'wide-lives'], names);

const copies = fs.mkdtempSync(path.join(ROOT, '.tmp/wide-'));
afterAll(() => fs.rmSync(copies, { recursive: true, force: true }));

/** The projects in another language: line numbers may differ there. */
function projectsIn(language: Language): string {
  if (language === 'TypeScript') return PROJECTS;
  const folder = path.join(copies, language);
  if (fs.existsSync(folder)) return folder;
  for (const name of fs.readdirSync(PROJECTS, { recursive: true, encoding: 'utf8' })) {
    const from = path.join(PROJECTS, name);
    if (!/^(wide-|package\.json)/.test(name) || fs.statSync(from).isDirectory()) continue;
    const to = path.join(folder, name.replace(/\.ts$/, '.js'));
    fs.mkdirSync(path.dirname(to), { recursive: true });
    const text = fs.readFileSync(from, 'utf8');
    // What lies beside the projects is in no package that Babel has a configuration of.
    const module =
      language === 'Babel' && name.includes(path.sep) ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS;
    fs.writeFileSync(to, name.endsWith('.ts') ? translate(text, module) : text.replaceAll('.ts', '.js'));
  }
  if (language === 'Babel') {
    const config = JSON.stringify({ presets: [['@babel/preset-env', { targets: { node: 'current' } }]] });
    for (const name of names) fs.writeFileSync(path.join(folder, name, '.babelrc'), config);
  }
  return folder;
}

function translate(text: string, module: ts.ModuleKind): string {
  return ts.transpileModule(text, {
    compilerOptions: { module, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
  }).outputText;
}

/** A message without what differs: where it was seen first, lines, and the language. */
function plain(message: string): string {
  return message
    .replace(/\s+\(first seen in "[^\n]*"(?: at [^\n]*)?\)/g, '')
    .replace(/\.[jt]s:\d+/g, '')
    .replace(/requested by .*/g, 'requested');
}

/** What a file finds that another one of its worker has left. */
const OF_ONE_PROCESS = ['mortal2.test.ts', 'mortal2.test.js'];

function testsOf({ files }: Report, leavingOut: readonly string[] = []): unknown {
  const plainly = ({ name, status, messages }: TestReport): unknown => [name, status, messages.map(plain)];
  const all = Object.entries(files).filter(
    ([name, { tests }]) => tests.length > 0 && !leavingOut.includes(name),
  );
  return Object.fromEntries(
    all.map(([name, { tests }]) => [name.replace(/\.ts$/, '.js'), tests.map(plainly)]),
  );
}

/** The blocks of "Test suite failed to run" as Jest prints them: each once for each time Jest prints it. */
function errorsOf({ output }: Report): string[] {
  const blocks = output.split(/\n {2}● /).filter(block => block.startsWith('Test suite failed to run'));
  return blocks
    .map(block => block.split('\n').find((line, index) => index > 0 && line.trim() !== '')!)
    .map(line => plain(line.trim()))
    .sort();
}

/** What was logged outside the test files, by process. */
function outsideOf(log: readonly LogEntry[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { process, inside, event } of log)
    if (!inside) found.set(process, [...(found.get(process) ?? []), event]);
  return found;
}

/** What breaks the order of lives: each that came up goes down once, the last first, in its own process. */
function breaches(log: readonly LogEntry[]): string[] {
  const found = log.filter(({ event }) => event.startsWith('never')).map(({ event }) => event);
  const all = new Set(log.map(({ event }) => event.replace(/ up\b.*/, ' up')));
  for (const [process, events] of outsideOf(log)) {
    const up: string[] = [];
    for (const event of events) {
      const [, name, what] = /^(.*?) (up|down)\b/.exec(event) ?? [];
      // Some log only their end.
      if (name === undefined || !all.has(`${name} up`)) continue;
      if (what === 'up') up.push(name);
      else if (up.includes(name)) up.splice(up.lastIndexOf(name), 1);
      else found.push(`${process}: ${name} goes down and is not up`);
    }
    found.push(...up.map(name => `${process}: ${name} is left up`));
  }
  return found;
}

const reports = new Map<string, Report>();

/** The report of a project; run once. */
function reportOf(name: string, language: Language, args: readonly string[]): Report {
  const key = [name, language, ...args].join();
  let report = reports.get(key);
  if (report === undefined) {
    report = runGolden(name, projectsIn(language), { args, transforms: FULL });
    reports.set(key, report);
  }
  return report;
}

const expected = (name: string): Report => reportOf(name, 'TypeScript', ['-i']);

test.each(names)('project %s reports what is expected', name => {
  const report = (): string => {
    const text = describeReport(expected(name));
    // Run anew if it is requested again.
    if (text !== expectedText(name)) reports.clear();
    return text;
  };
  expect(expectedOf(report, expectedText(name))).toBe(expectedText(name));
});

describe.each(sizedTo(1, PROCESSES))('%s', (_kind, args) => {
  const inBand = args === IN_BAND;

  describe.each(LANGUAGES)('in %s', language => {
    test.each(COMPARED)('%s reports the same', name => {
      const report = reportOf(name, language, args);
      const leavingOut = inBand ? [] : OF_ONE_PROCESS;
      expect(testsOf(report, leavingOut)).toEqual(testsOf(expected(name), leavingOut));
      expect(report.code).toBe(expected(name).code);
      // Each worker reports its own.
      const [own, others] = [errorsOf(report), errorsOf(expected(name))];
      if (inBand) expect(own).toEqual(others);
      else expect([...new Set(own)]).toEqual([...new Set(others)]);
      expect(breaches(report.log)).toEqual([]);
      expect(new Set(report.log.map(({ process }) => process)).size).toBeGreaterThanOrEqual(inBand ? 1 : 2);
      expect({ lingers: lingers(report.output), output: report.output }).toMatchObject({ lingers: false });
    });
  });
});

describe.each(LANGUAGES)('with two workers, in %s', language => {
  const run = (name: string): Report => reportOf(name, language, WORKERS);

  test('scope session: once in the run, in the main process, and down after all else', () => {
    const { log } = run('wide-lives');
    expect(log.filter(({ event }) => event === 'board up')).toEqual([
      { process: 'main', inside: false, event: 'board up' },
    ]);
    expect(log.at(-1)).toEqual({ process: 'main', inside: false, event: 'board down' });
  });

  test('scope worker: once in each process, and down after its directories', () => {
    for (const [process, events] of outsideOf(run('wide-lives').log)) {
      if (process === 'main') continue;
      expect(events.filter(event => event === 'seat up').length).toBeLessThanOrEqual(1);
      if (events.includes('seat down')) expect(events.at(-1)).toBe('seat down');
    }
  });

  test('files none of whose shared fixtures is requested are loaded in the sandbox only', () => {
    const outside = run('wide-lives').log.filter(({ inside }) => !inside);
    expect(outside.filter(({ event }) => event === 'shed loaded')).toEqual([]);
    const loads = outside.filter(({ event }) => event === 'setup loaded').map(({ process }) => process);
    expect(loads).toEqual([...new Set(loads)]);
  });

  fullTest('a teardown is awaited for longer than Jest gives a worker to exit', () => {
    const options = { args: WORKERS, transforms: FULL, impatient: true };
    const events = runGolden('wide-crash', projectsIn(language), options).log.map(({ event }) => event);
    for (const name of ['slowInSession', 'slowInWorker'])
      expect(events.filter(event => event.startsWith(name))).toEqual([
        `${name} begins to end`,
        `${name} has ended`,
      ]);
  });
});

// The signal of one whose neighbour fails is in another process.
fullTest.each(PROCESSES)('scope session, set up at once: what fails ends the others, %s', (_kind, args) => {
  const { report, log } = runLogged(
    {
      'jest.config.js': "module.exports = { preset: 'jest-loop' };",
      'jest.fixtures.js': `
        const { once } = require('node:events');
        const { log, logged } = require('./events');
        let begun;
        const listening = new Promise(resolve => { begun = resolve; });
        fixture('fails', { scope: 'session' }, async () => { await listening; throw new Error('bad luck'); });
        fixture('listens', { scope: 'session' }, async ({ request: { signal } }) => {
          begun();
          await once(signal, 'abort');
          log('aborted: ' + signal.reason.message);
          throw signal.reason;
        });`,
      'a.test.js': "test('fails', { setup: 'parallel' }, ({ fails, listens }) => {});",
      'b.test.js': "test('b', () => {});",
    },
    { args },
  );
  const [test] = report.files['a.test.js']!.tests;
  expect(test!.messages).toEqual([expect.stringMatching(/^bad luck/)]);
  expect(log).toEqual(['aborted: bad luck']);
});
