const SETUP = `
  // The server of
  // all tests.
  fixture('server', { scope: 'file' }, async function* () { yield 'server'; })
    /** Keeps things. */
    .fixture('db', { params: ['memory'], ids: ['memory'] }, async function* ({ server }) { yield server; })
    .fixture('everywhere', { scope: 'session' }, async function* ({}) { yield 'everywhere'; })
    .fixture('here', { scope: 'worker' }, async function* ({ everywhere }) { yield everywhere; })
    .fixture('broken', ({ server }) => { throw new Error('no luck\\nat all'); })
    .fixture('each', { scope: 'describe', params: [1, 2] }, ({}, request) => request.param);`;

/** A project whose set-ups are shown, planned and listed: fixtures of every scope, tests of every form. */
export const FILES = {
  'jest.config.js': "module.exports = { preset: 'jest-loop', setupFilesAfterEnv: ['<rootDir>/setup.js'] };",
  'setup.js': SETUP,
  'a.test.js': `
    fixture('auto', { auto: true }, 1);
    test('answers', ({ db, server }) => {});
    describe('block', () => {
      beforeEach(({ db }) => {});
      test('of each', ({ each }) => {});
      test('breaks', ({ broken }) => {});
    });
    test('wide', ({ here }) => {});
    jest.retryTimes(1, { retryImmediately: true });
    let attempts = 0;
    test('at last', () => { if (++attempts === 1) throw new Error('not yet'); });
    test.concurrent('beside', async ({ db }) => {});
    test.each([['row']])('in a %s', (row, { server }) => {});
    test.skip('left out', ({ db }) => {});
    test.todo('later');`,
  'sub/jest.fixtures.js': `
    // Another server.
    fixture('server', { scope: 'directory' }, async function* () { yield 'sub'; });`,
  'sub/b.test.ts': `
    import { beforeAll, describe, fixture, test } from 'jest-loop';
    const local: number = 1;
    beforeAll(({ server }: any) => {});
    test('uses it', ({ db, here }: any) => {});
    describe('inside', () => {
      fixture('local', { scope: 'describe' }, (): number => local);
      test('is local', ({ local }: any) => {});
    });`,
};
