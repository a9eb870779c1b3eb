import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Report } from './report';
import { keepJest, ROOT, runFiles } from './run-jest';

keepJest();

/*
 * Each error of the package names the place in its guide that explains it, after its message: once, in whatever way it
 * reaches the report.
 */
const SEE = /^ *See: (node_modules\/jest-loop\/docs\/errors\.md)#(err_\w+)$/gm;

/** The codes in lower case that a text leads to; each file must be there. */
function codesIn(text: string): string[] {
  return [...text.matchAll(SEE)].map(([, file, anchor]) => {
    const headings = fs.readFileSync(path.join(ROOT, file!), 'utf8').match(/(?<=^### )ERR_\w+$/gm)!;
    expect(headings.map(heading => heading.toLowerCase())).toContain(anchor);
    return anchor!;
  });
}

/** Each test is named by the code that it fails with. */
const FILES = {
  'jest.fixtures.js': `
    fixture('pool', { scope: 'session' }, () => () => {});
    fixture('worker', { scope: 'worker' }, function* () { yield 1; throw undefined; });`,
  'a.test.js': `
    const { getRunningLoop, newEventLoop, sleep } = require('jest-loop');
    fixture('noYield', { scope: 'file' }, function* () {});
    fixture('slow', { timeout: 10 }, () => new Promise(() => {}));
    fixture('thrown', () => { throw 'text'; });
    fixture('loopBackend', 'node');
    test('err_fixture_unknown', ({ nobody }) => {});
    test('err_fixture_no_yield', ({ noYield }) => {});
    test('err_fixture_no_yield again', ({ noYield }) => {});
    test('err_fixture_threw', ({ thrown }) => {});
    test('err_fixture_cross', ({ pool }) => {});
    test('err_fixture_late', () => fixture('late', 1));
    test('err_timeout set-up', ({ slow }) => {});
    test('err_timeout', { timeout: 10 }, () => new Promise(() => {}));
    test('err_test_generator', async function* () {});
    test('err_loop_closed', async () => { const loop = newEventLoop(); await loop.close(); loop.callSoon(() => {}); });
    test('err_loop_argument', ({ eventLoop }) => eventLoop.callSoon(1));
    test('err_cancelled', async ({ eventLoop }) => {
      const task = eventLoop.createTask(() => sleep(1000));
      task.cancel();
      await task;
    });
    test('err_executor', ({ eventLoop }) => { const x = 1; return eventLoop.runInExecutor(() => x); });
    test('err_network_argument', ({ tcpProxy }) => new tcpProxy('localhost', 'x'));
    test('err_backend', { overrides: { loopBackend: 'vitrual' } }, () => {});
    test.forbidGetEventLoop('err_loop_forbidden', () => require('jest-loop').getEventLoop());
    describe('a service', () => {
      test.override('services', [1]);
      test('err_service', ({ entrypoint }) => {});
    });
    test('without a code', ({ worker }) => { throw new Error('mine'); });`,
  'file.test.js': "test('x', { timeOut: 1 }, () => {});",
  'config.test.js': '/** @jest-loop {"mod": 1} */ test(\'x\', () => {});',
};

let report: Report;
beforeAll(() => {
  report = runFiles(FILES);
});

test('the failure of a test', () => {
  const shown = report.files['a.test.js']!.tests.map(({ name, raw }) => [
    name.replace('a service ', ''),
    raw.flatMap(codesIn),
  ]);
  expect(shown).toEqual(
    shown.map(([name]) => [name, /^err_/.test(String(name)) ? [String(name).split(' ')[0]] : []]),
  );
  expect(shown).toHaveLength(FILES['a.test.js'].match(/\btest(?:\.forbidGetEventLoop)?\('/g)!.length);
});

test('an error of a file', () => {
  const shown = (name: string): string => {
    const [, text] = report.output.split(`FAIL ./${name}`);
    return text!.split(/^(?:FAIL|PASS|Test Suites:)/m)[0]!;
  };
  expect(codesIn(shown('file.test.js'))).toEqual(['err_test_option']);
  expect(codesIn(shown('config.test.js'))).toEqual(['err_option_invalid']);
});

test('an error of the run', () => {
  const [, text] = report.output.split('Fixture "worker" threw undefined in its teardown');
  expect(codesIn(text!.split('Test Suites:')[0]!)).toEqual(['err_fixture_threw']);
});

test('a mistake on the command line', () => {
  const cli = path.join(ROOT, 'node_modules/jest-loop/build/entries/cli.js');
  const { stderr } = spawnSync(process.execPath, [cli, '--loop-scope', 'fil'], { encoding: 'utf8' });
  expect(codesIn(stderr)).toEqual(['err_option_invalid']);
});
