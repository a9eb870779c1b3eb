import { sizedTo } from '../sizes';
import { runLogged } from './logged';
import { WORKERS } from './run-jest';

/*
 * A task of a shared fixture dies after the fixture has come up, also after its value was copied to other processes:
 * what runs with it ends, and later requesters get the failure.
 */
const EVENTS = `
  const fs = require('node:fs');
  exports.log = event => fs.appendFileSync(process.env.LOG, event + '\\n');
  exports.seen = event => fs.readFileSync(process.env.LOG, 'utf8').split('\\n').includes(event);
  exports.until = async event => {
    while (!exports.seen(event)) await new Promise(resolve => setTimeout(resolve, 5));
  };`;
const FIXTURES = `
  const { log, until } = require('./events');
  for (const scope of ['session', 'worker', 'directory']) {
    for (const how of ['body', 'setUp', 'wideSetUp', 'hook', 'alone']) {
      const name = scope + '_' + how;
      fixture(name, { scope }, async function* ({ tasks }) {
        tasks.start(async () => {
          await until('kill ' + name);
          log(name + ' dies');
          throw new Error(name + ' died');
        });
        await new Promise(resolve => setTimeout(resolve, 1));
        yield name;
      });
    }
    fixture(scope + '_client', { scope, deps: [scope + '_body'] }, deps => deps[scope + '_body'] + ' client');
    const inner = scope === 'session' ? 'worker' : scope;
    fixture(scope + '_wideSlow', { scope: inner, deps: [scope + '_wideSetUp'] }, async () => {
      log('kill ' + scope + '_wideSetUp');
      await new Promise(resolve => setTimeout(resolve, 60_000));
    });
    fixture(scope + '_fence', { scope }, () => 'fence');
  }`;
const A = `/** @jest-loop {"defaultAsyncTimeout": 90000} */
  const { log, until } = require('./events');
  const forever = () => new Promise(resolve => setTimeout(resolve, 60_000));
  const began = performance.now();
  for (const scope of ['session', 'worker', 'directory']) {
    fixture(scope + '_slow', { scope: 'file', deps: [scope + '_setUp'] }, async () => {
      log('kill ' + scope + '_setUp');
      await forever();
    });
    const asking = (how, fn) => [{ useFixtures: [scope + '_' + how] }, fn];
    describe(scope, () => {
      test('holds', { useFixtures: [scope + '_body', scope + '_client'] }, () => log('a holds ' + scope));
      describe('with a hook', () => {
        afterEach(async ({ request }) => log('afterEach has ' + (await request.get(scope + '_body'))));
        test('is ended', ...asking('body', async () => {
          if (scope === 'session' && process.env.TWO) await until('b runs');
          log('kill ' + scope + '_body');
          await forever();
        }));
      });
      test('later', ...asking('body', () => log('never')));
      test('what depends on it', ...asking('client', () => log('never')));
      test('at run time', async ({ request }) => {
        await expect(request.get(scope + '_body')).rejects.toThrow('_body died (first seen in "');
      });
      test('no part of it', () => {});
      test('a set-up that waits', ...asking('slow', () => log('never')));
      test('after that', ...asking('setUp', () => log('never')));
      test('a wide set-up that waits', ...asking('wideSlow', () => log('never')));
      test('after that too', ...asking('wideSetUp', () => log('never')));
      describe('a hook', () => {
        beforeAll(async ({ request }) => {
          await request.get(scope + '_hook');
          log('kill ' + scope + '_hook');
          await forever();
        });
        test('is ended', () => log('never'));
      });
      test('holds alone', ...asking('alone', () => {}));
      test('kills it', async ({ request }) => {
        log('kill ' + scope + '_alone');
        await until(scope + '_alone dies');
        // What the main process says arrives in its order.
        await request.get(scope + '_fence');
      });
      test('sees it', ...asking('alone', () => log('never')));
    });
  }
  test('nothing waited for its limit', () => expect(performance.now() - began).toBeLessThan(50_000));`;
const B = `/** @jest-loop {"defaultAsyncTimeout": 90000} */
  const { log, until } = require('./events');
  const asking = fn => [{ useFixtures: ['session_body'] }, fn];
  test('holds', ...asking(() => {}));
  test('runs', ...asking(async () => {
    await until('a holds session');
    log('b runs');
    await new Promise(resolve => setTimeout(resolve, 60_000));
  }));
  test('later', ...asking(() => log('never')));
  test('no part of it', () => {});`;

const OF_A = (scope: string): string[] => [
  `${scope} holds: `,
  `${scope} with a hook is ended: ${scope}_body died`,
  `${scope} later: ${scope}_body died, seen`,
  `${scope} what depends on it: ${scope}_body died, seen`,
  `${scope} at run time: `,
  `${scope} no part of it: `,
  `${scope} a set-up that waits: ${scope}_setUp died`,
  `${scope} after that: ${scope}_setUp died, seen`,
  `${scope} a wide set-up that waits: ${scope}_wideSetUp died`,
  `${scope} after that too: ${scope}_wideSetUp died, seen`,
  `${scope} a hook is ended: ${scope}_hook died`,
  `${scope} holds alone: `,
  `${scope} kills it: `,
  `${scope} sees it: ${scope}_alone died`,
];
const SCOPES = ['session', 'worker', 'directory'];

const PROCESSES: [kind: string, args: readonly string[], env: Record<string, string>, ofB: string[]][] = [
  ['with two workers', WORKERS, { TWO: 'yes' }, [': ', ': died', ': seen', ': ']],
  ['in band', ['-i'], {}, [': seen', ': seen', ': seen', ': ']],
];
test.each(sizedTo(1, PROCESSES))('ends its users and fails later requesters, %s', (_kind, args, env, ofB) => {
  const { report, log, left } = runLogged(
    {
      'jest.config.js': "module.exports = { preset: 'jest-loop', testSequencer: '<rootDir>/sequencer.js' };",
      'sequencer.js': `
        const { default: Sequencer } = require('@jest/test-sequencer');
        module.exports = class extends Sequencer { sort(tests) { return [...tests].sort((a, b) => (a.path < b.path ? -1 : 1)); } };`,
      'events.js': EVENTS,
      'jest.fixtures.js': FIXTURES,
      'a.test.js': A,
      'b.test.js': B,
    },
    { args, env },
  );
  const errorsOf = (file: string): string[] =>
    report.files[file]!.tests.map(({ name, messages }) =>
      [`${name}: ${messages.join(' & ')}`]
        .map(line => line.replace(/\s+\(first seen in "([^\n]*)"(?: at [^\n]*)?\)$/, ', seen'))
        .join(),
    );
  expect(errorsOf('a.test.js')).toEqual([...SCOPES.flatMap(OF_A), 'nothing waited for its limit: ']);
  expect(
    errorsOf('b.test.js').map(line =>
      line.replace(/session_body died(, )?/, rest => (rest.endsWith(', ') ? '' : 'died')),
    ),
  ).toEqual(['holds', 'runs', 'later', 'no part of it'].map((name, index) => name + ofB[index]));
  expect(log).not.toContain('never');
  expect(log.filter(line => line.startsWith('afterEach has'))).toEqual(
    SCOPES.map(scope => `afterEach has ${scope}_body`),
  );
  expect(Object.values(report.files).flatMap(({ errors }) => errors)).toEqual([]);
  expect(report.output).not.toContain('Test suite failed to run');
  expect(left).toEqual([]);
});
