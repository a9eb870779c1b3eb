import { KINDS } from './kinds';
import { keepJest, runFiles } from './run-jest';

keepJest();

/* What Jest's reporters make of tests that `request.skip` skips. */
const FILES = {
  'jest.fixtures.js': `
    for (const scope of ['session', 'worker', 'directory', 'file'])
      fixture('no_' + scope, { scope }, ({}, request) => request.skip('lacks a ' + scope));
    fixture('after', async function* ({}, { test }) { yield; console.error('outcome of ' + test.name + ': ' + test.outcome); });`,
  'a.test.js': `
    test('passes', () => {});
    describe('group', () => {
      test.each(['session', 'worker', 'directory', 'file'])('%s', { useFixtures: ['after'] }, async (scope, { request }) => {
        await request.get('no_' + scope);
      });
    });
    test('has no reason', ({ request }) => request.skip());
    test('matches no snapshot', ({ request }) => { request.skip('no snapshot'); expect(1).toMatchSnapshot(); });`,
  'b.test.js':
    "test.failing('of the run', ({ no_session }) => {}); test('of a worker', ({ no_worker }) => {});",
  'c.test.js': `
    test('passes', () => {});
    describe('group', () => {
      beforeAll(({ no_file }) => {});
      describe('within', () => {
        beforeAll(() => { throw new Error('never'); });
        test('is not reached', () => {});
        test.todo('later');
      });
    });`,
};

describe.each(KINDS)('%s', (_kind, args) => {
  const { code, output, files } = runFiles(FILES, { args });

  test('they are pending, and the run passes', () => {
    expect(output).toContain('Tests:       9 skipped, 1 todo, 2 passed, 12 total');
    expect(output).toContain('Test Suites: 1 skipped, 2 passed, 2 of 3 total');
    expect(code).toBe(0);
    const all = Object.values(files).flatMap(({ tests }) => tests);
    expect(all.filter(({ status }) => status === 'pending')).toHaveLength(9);
    expect(all.flatMap(({ raw }) => raw)).toEqual([]);
  });

  test('the console of the file shows the reasons', () => {
    // One in each of two files.
    expect(output.match(/console\.info/g)).toHaveLength(2);
    for (const scope of ['session', 'worker', 'directory', 'file'])
      expect(output).toContain(` group ${scope}: lacks a ${scope}\n`);
    expect(output).toContain('matches no snapshot: no snapshot');
    expect(output).not.toContain('has no reason');
    // Jest shows nothing of a file whose tests are all skipped.
    expect(output).toContain(
      'Skipped in b.test.js:\n  of the run: lacks a session\n  of a worker: lacks a worker\n',
    );
    expect(output).not.toContain('first seen');
    // No place is better than one in this package.
    expect(output).not.toContain('jest-loop/build');
  });

  test('teardown sees the outcome', () => {
    for (const scope of ['session', 'worker', 'directory', 'file'])
      expect(output).toContain(`outcome of ${scope}: skipped`);
  });
});
