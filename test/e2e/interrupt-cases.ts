import type { InterruptOptions, Strike } from './interrupted';

/** A run that is interrupted, and what comes of it. */
export interface Case extends Partial<Omit<InterruptOptions, 'strikes' | 'host'>> {
  /** What has to be logged before the signal comes, one after the other for several. */
  readonly when: readonly (readonly string[])[];
  readonly signal?: NodeJS.Signals;
  /** All that happens after it: in this order in band, in any order with workers. */
  readonly after: readonly string[];
  /** The tests' statuses, as Jest reports them. */
  readonly tests?: Readonly<Record<string, string>>;
  /** A part of the output. */
  readonly prints?: string;
  /** The last signal ended it at once: things stay up, and there is no report. */
  readonly atOnce?: boolean;
  /** Jest has to end a worker by force. */
  readonly forced?: boolean;
  /** Tried on each supported Jest. */
  readonly main?: boolean;
  /** Tried with `npm test`. */
  readonly small?: boolean;
}

export const strikesOf = ({ when, signal = 'SIGINT' }: Case): Strike[] =>
  when.map(events => ({ when: events, signal }));

const BAND = ['-i'];
export const WORKERS = ['--maxWorkers=2', '--workerIdleMemoryLimit=2GB'];

/** What goes down of a file, of its process and of the run. */
const FILE = ['block down', 'file down'];
const PROCESS = ['directory down', 'worker down'];
const ALL = [...FILE, ...PROCESS, 'session down'];

const HEAD =
  "const { sleep } = require('jest-loop'); const { say, untilStruck, whenStruck } = require('./events');";
/** Hangs until it is ended. */
const hanging = (name: string): string =>
  `say('${name}'); try { await sleep(60_000); } finally { say('${name} finally'); }`;
const NEVER = 'new Promise(() => setInterval(() => {}, 1000))';

/** A file with all that may be around the test that is interrupted. */
export const long = (name: string): string => `${HEAD}
  beforeAll(() => say('${name} beforeAll'));
  beforeEach(() => say('${name} beforeEach'));
  afterEach(() => say('${name} afterEach'));
  afterAll(() => say('${name} afterAll'));
  test('${name} first', () => {});
  test('${name} fails', () => { throw new Error('bad luck in ${name}'); });
  test('${name} long', async ({ own }) => { ${hanging(name)} });
  test('${name} next', ({ own }) => say('${name} next'));
  test.todo('${name} todo');
  describe('${name} block', () => {
    beforeAll(() => say('${name} inner beforeAll'));
    afterAll(() => say('${name} inner afterAll'));
    test('next', ({ own }) => say('${name} next'));
  });`;
const longTests = (name: string): Record<string, string> => ({
  [`${name} first`]: 'passed',
  [`${name} fails`]: 'failed',
  [`${name} long`]: 'pending',
  [`${name} next`]: 'pending',
  [`${name} todo`]: 'todo',
  [`${name} block next`]: 'pending',
});
const longAfter = (name: string): string[] => [
  `${name} finally`,
  `${name} afterEach`,
  'own down',
  `${name} afterAll`,
  ...FILE,
  ...PROCESS,
];
const TWO: Omit<Case, 'when'> = {
  args: WORKERS,
  files: { 'a.test.js': long('a'), 'b.test.js': long('b') },
  after: [...longAfter('a'), ...longAfter('b'), 'session down'],
  tests: { ...longTests('a'), ...longTests('b') },
  prints: 'bad luck in b',
};
const BOTH = [['a', 'b']];

/** Nothing there handles the signal. */
const FOREIGN: Omit<Case, 'when'> = {
  args: WORKERS,
  config: { setupFilesAfterEnv: [] },
  files: {
    'a.test.js': `${HEAD} test('a', async () => { ${hanging('a')} }); afterAll(() => say('afterAll'));`,
    'b.test.js': `/** @jest-environment node */
      test('b', () => { require('./events').say('b'); return ${NEVER}; });`,
  },
  after: ['a finally', 'afterAll'],
  tests: { a: 'pending' },
};

/** One file, in band; the next one is smaller, so that it comes later, and must not begin. */
const one = (text: string): Record<string, string> => ({
  'a.test.js': `${HEAD}\n${text}\n//${' '.repeat(500)}`,
  'b.test.js': "require('./events').say('b'); test('b', () => {});",
});
const setUp = (scope: string, up: readonly string[], args = BAND): Case => ({
  args,
  env: { SLOW: scope },
  files: one("test('t', ({ own }) => say('t')); test('next', ({ own }) => say('t'));"),
  when: [[`begins ${scope}`]],
  after: [
    `aborted ${scope}: The test run was interrupted.`,
    ...up.map(each => `${each} down`),
    ...(args === BAND ? [] : ['b']),
  ],
  tests: { t: 'pending', next: 'pending', ...(args === BAND ? {} : { b: 'passed' }) },
});
const USES = "test('t', ({ own }) => {}); test('next', () => say('next'));";

export const CASES: Readonly<Record<string, Case>> = {
  'in band': {
    main: true,
    small: true,
    files: { 'a.test.js': long('a'), 'b.test.js': "require('./events').say('b'); test('b', () => {});" },
    when: [['a']],
    after: [...longAfter('a'), 'session down'],
    tests: longTests('a'),
    prints: 'bad luck in a',
  },
  'in band, SIGTERM': {
    signal: 'SIGTERM',
    files: { 'a.test.js': long('a') },
    when: [['a']],
    after: [...longAfter('a'), 'session down'],
    tests: longTests('a'),
  },
  'two workers, to the main process': { ...TWO, main: true, when: BOTH },
  'two workers, to all processes': { ...TWO, main: true, small: true, group: true, when: BOTH },
  'two workers, SIGTERM to the main process': { ...TWO, signal: 'SIGTERM', when: BOTH },
  'two workers, SIGTERM to all processes': { ...TWO, group: true, signal: 'SIGTERM', when: BOTH },
  'worker threads': { ...TWO, main: true, config: { workerThreads: true }, when: BOTH },

  'set-up of a test': setUp('own', ['block', 'file', 'directory', 'worker', 'session']),
  'set-up of a block': setUp('block', ['file', 'directory', 'worker', 'session']),
  'set-up of a file': { ...setUp('file', ['directory', 'worker', 'session']), main: true, small: true },
  'set-up of a directory': setUp('directory', ['worker', 'session']),
  'set-up of a worker': setUp('worker', ['session']),
  'set-up of a session': { ...setUp('session', []), main: true },
  'set-up of a worker, in a worker': {
    ...setUp('worker', ['session']),
    args: WORKERS,
    files: { 'a.test.js': `${HEAD} test('t', ({ own }) => say('t'));` },
    tests: { t: 'pending' },
  },
  'set-up of a session for a worker': {
    ...setUp('session', []),
    args: WORKERS,
    files: { 'a.test.js': `${HEAD} test('t', ({ own }) => say('t'));` },
    tests: { t: 'pending' },
  },

  'teardown of a test': {
    env: { SLOW_DOWN: 'own' },
    files: one(USES),
    when: [['slow own']],
    after: ['own down', ...ALL],
    tests: { t: 'passed', next: 'pending' },
  },
  'teardown of a file': {
    env: { SLOW_DOWN: 'file' },
    files: one("test('t', ({ own }) => {});"),
    when: [['slow file']],
    after: ['file down', ...PROCESS, 'session down'],
    tests: { t: 'passed' },
  },
  'teardown of a session': {
    env: { SLOW_DOWN: 'session' },
    files: { 'a.test.js': "test('t', ({ own }) => {});" },
    when: [['slow session']],
    after: ['session down'],
    tests: { t: 'passed' },
  },
  'afterEach hook': {
    files: one(`${USES} afterEach(async () => { say('hook'); await whenStruck(); say('hook over'); });`),
    when: [['hook']],
    after: ['hook over', 'own down', ...ALL],
    tests: { t: 'passed', next: 'pending' },
  },
  'beforeEach hook': {
    files: one(
      `beforeEach(async ({ own }) => { ${hanging('hook')} }); test('t', () => say('t')); afterEach(() => say('afterEach'));`,
    ),
    when: [['hook']],
    after: ['hook finally', 'afterEach', 'own down', ...ALL],
    tests: { t: 'pending' },
  },
  'beforeAll hook': {
    files: one(
      `beforeAll(async ({ file }) => { ${hanging('hook')} }); test('t', () => say('t')); afterAll(() => say('afterAll'));`,
    ),
    when: [['hook']],
    after: ['hook finally', 'afterAll', 'file down', ...PROCESS, 'session down'],
    tests: { t: 'pending' },
  },

  'concurrent tests': {
    files: one(`test.concurrent('t', async ({ own }) => { ${hanging('t')} });
      test.concurrent('u', async ({ file }) => { ${hanging('u')} });
      test('next', () => say('next'));`),
    when: [['t', 'u']],
    after: ['t finally', 'u finally', 'own down', ...ALL],
    tests: { t: 'pending', u: 'pending', next: 'pending' },
  },
  'a test with done': {
    files: one("test('t', done => say('t')); test('next', () => say('next'));"),
    when: [['t']],
    after: [],
    tests: { t: 'pending', next: 'pending' },
  },
  'a test that waits for timers/promises': {
    files: one(`test('t', async ({ own }) => {
      say('t'); try { await require('node:timers/promises').setTimeout(60_000); } finally { say('finally'); }
    });`),
    when: [['t']],
    after: ['finally', 'own down', ...ALL],
    tests: { t: 'pending' },
  },
  'a test that does not listen': {
    files: one(`test('t', async ({ own }) => {
      say('t'); try { await sleep(60_000); } catch { say('no'); } await ${NEVER};
    }); test('next', () => say('next'));`),
    when: [['t']],
    after: ['no', 'own down', ...ALL],
    tests: { t: 'pending', next: 'pending' },
  },
  'a test that is not managed': {
    config: { testEnvironmentOptions: { loop: { mode: 'strict' } } },
    files: one(`test('t', ({ own }) => {}); test('u', () => { say('u'); return ${NEVER}; });
      test('next', () => say('next')); afterEach(() => say('afterEach'));`),
    when: [['u']],
    after: ['afterEach', ...ALL],
    tests: { t: 'passed', u: 'pending', next: 'pending' },
  },
  'a retried test': {
    files: one(`jest.retryTimes(2); test('fails', () => { say('fails'); throw new Error('bad luck'); });
      test('t', async ({ own }) => { ${hanging('t')} });`),
    when: [['t']],
    after: ['t finally', 'own down', ...ALL],
    tests: { fails: 'failed', t: 'pending' },
    prints: 'bad luck',
  },
  'a retry at once': {
    files: one(`jest.retryTimes(2, { retryImmediately: true });
      test('t', async ({ own }) => { ${hanging('t')} });`),
    when: [['t']],
    after: ['t finally', 'own down', ...ALL],
    tests: { t: 'pending' },
  },
  'a retry that is waited for': {
    files: one(`jest.retryTimes(2, { waitBeforeRetry: 60_000 });
      test('fails', ({ own }) => { throw new Error('bad luck'); }); test('next', () => say('next'));
      afterEach(() => say('afterEach'));`),
    when: [['afterEach', 'afterEach']],
    after: ALL,
    tests: { fails: 'failed', next: 'passed' },
    prints: 'bad luck',
  },
  'a test that counts its expectations': {
    files: one(`test('t', async ({ own }) => {
      expect.assertions(1); expect.hasAssertions(); ${hanging('t')} expect(1).toBe(1);
    });`),
    when: [['t']],
    after: ['t finally', 'own down', ...ALL],
    tests: { t: 'pending' },
  },
  'a test with fake timers': {
    files: one(`test('t', async ({ own }) => {
      jest.useFakeTimers(); say('t');
      try { await new Promise(resolve => setTimeout(resolve, 1000)); } finally { say('no'); }
    });`),
    when: [['t']],
    after: ['own down', ...ALL],
    tests: { t: 'pending' },
  },
  'concurrent tests that wait for their turn': {
    config: { maxConcurrency: 1 },
    files: one(`test.concurrent('t', async ({ own }) => { ${hanging('t')} });
      test.concurrent('u', async ({ own }) => { ${hanging('u')} });`),
    when: [['t']],
    after: ['t finally', 'own down', ...ALL],
    tests: { t: 'pending', u: 'pending' },
  },
  'a beforeAll hook that is not managed': {
    config: { testEnvironmentOptions: { loop: { mode: 'strict' } } },
    files: one(`describe('block', () => {
        beforeAll(() => { say('hook'); return ${NEVER}; }); test('t', () => say('t'));
        beforeAll(() => say('second')); afterAll(() => say('afterAll'));
      });
      test('next', ({ own }) => say('next')); afterAll(() => say('outer'));`),
    when: [['hook']],
    after: ['afterAll', 'outer'],
    tests: { 'block t': 'pending', next: 'pending' },
  },
  'test.failing': {
    files: one(`test.failing('t', async ({ own }) => { ${hanging('t')} });
      test.failing('next', () => { say('next'); throw new Error('no'); });`),
    when: [['t']],
    after: ['t finally', 'own down', ...ALL],
    tests: { t: 'pending', next: 'pending' },
  },
  'test.each': {
    files: one(`test.each([1, 2, 3])('t %d', async (n, { own }) => {
      if (n === 1) return;
      ${hanging('t')}
    });`),
    when: [['t']],
    after: ['t finally', 'own down', ...ALL],
    tests: { 't 1': 'passed', 't 2': 'pending', 't 3': 'pending' },
  },
  'what a teardown sees of its test': {
    files:
      one(`fixture('outcome', async function* ({ own }, request) { yield 1; say('outcome ' + request.test.outcome); });
      test.concurrent('t', async ({ outcome }) => { expect.assertions(1); ${hanging('t')} });
      test.concurrent.failing('u', async ({ outcome }) => { ${hanging('u')} });
      test.concurrent('v', async ({ outcome }) => { say('v'); try { await sleep(60_000); } finally { throw new Error('worse'); } });`),
    when: [['t', 'u', 'v']],
    after: [
      't finally',
      'u finally',
      'outcome skipped',
      'outcome skipped',
      'outcome failed',
      'own down',
      'own down',
      'own down',
      ...ALL,
    ],
    tests: { t: 'pending', u: 'pending', v: 'failed' },
    prints: 'worse',
  },
  'a teardown that fails': {
    files: one(`fixture('worse', async function* ({ own }) { yield 1; throw new Error('bad end'); });
      test('t', async ({ worse }) => { ${hanging('t')} });`),
    when: [['t']],
    after: ['t finally', 'own down', ...ALL],
    tests: { t: 'failed' },
    prints: 'bad end',
  },
  'between two files': {
    config: { reporters: ['default', '<rootDir>/reporter.js'] },
    files: {
      ...one("test('t', ({ own }) => {});"),
      'reporter.js': `module.exports = class {
        async onTestFileResult() {
          const { say, untilStruck } = require('./events');
          say('between');
          untilStruck();
          await new Promise(resolve => setTimeout(resolve, 10));
        }
      };`,
    },
    when: [['between']],
    after: [...PROCESS, 'session down'],
    tests: { t: 'passed' },
  },
  // Node emits a signal once the running code yields.
  'while a file is loaded': {
    files: one(`say('loads'); untilStruck();
      test('t', async () => { ${hanging('t')} }); test('next', ({ own }) => say('next'));`),
    when: [['loads']],
    after: ['t', 't finally'],
    tests: { t: 'pending', next: 'pending' },
  },
  // It comes when the file waits for its first fixtures.
  'a worker whose file is being loaded': {
    args: WORKERS,
    main: true,
    files: {
      'a.test.js': `${HEAD} say('loads'); untilStruck();
        test('t', ({ own }) => say('t')); test('next', ({ own }) => say('next'));`,
    },
    when: [['loads']],
    after: [],
    tests: { t: 'pending', next: 'pending' },
  },
  'a worker whose file is being loaded, with a beforeAll hook': {
    args: WORKERS,
    files: {
      'a.test.js': `${HEAD} say('loads'); untilStruck();
        beforeAll(({ file }) => say('hook')); test('t', () => say('t')); afterAll(() => say('afterAll'));`,
    },
    when: [['loads']],
    after: ['afterAll'],
    tests: { t: 'pending' },
  },
  // The worker reports in after the main process has requested the end of the others.
  'a worker that is still starting': {
    args: WORKERS,
    files: {
      'env.js': `const { say, untilStruck } = require('./events'); say('starts'); untilStruck();
        module.exports = require('jest-loop/environment');`,
      'a.test.js': `${HEAD} test('a', async () => { ${hanging('a')} });`,
      'b.test.js': `/** @jest-environment ./env.js */
        ${HEAD} for (const end = Date.now() + 400; Date.now() < end; );
        test('b', async () => { ${hanging('b')} }); test('next', ({ own }) => say('next'));`,
    },
    when: [['a', 'starts']],
    after: ['a finally', 'b', 'b finally'],
    tests: { a: 'pending', b: 'pending', next: 'pending' },
  },
  'a suite with nothing but the preset, in band': {
    config: { setupFilesAfterEnv: [] },
    files: one(`beforeAll(() => say('beforeAll')); afterAll(() => say('afterAll'));
      test('t', () => { say('t'); return ${NEVER}; }); test('next', () => say('next'));`),
    when: [['t']],
    after: ['afterAll'],
    tests: { t: 'pending', next: 'pending' },
  },
  'a suite with nothing but the preset, in workers': {
    config: { setupFilesAfterEnv: [] },
    args: WORKERS,
    group: true,
    files: Object.fromEntries(
      ['a', 'b'].map(name => [
        `${name}.test.js`,
        `${HEAD} test('${name}', () => { say('${name}'); return ${NEVER}; }); afterAll(() => say('afterAll'));`,
      ]),
    ),
    when: BOTH,
    after: ['afterAll', 'afterAll'],
    tests: { a: 'pending', b: 'pending' },
  },

  'a file in another environment, to all processes': { ...FOREIGN, group: true, when: BOTH },
  'a file in another environment, to the main process': { ...FOREIGN, forced: true, when: BOTH },

  'a second time, in band': {
    main: true,
    small: true,
    atOnce: true,
    env: { HANGS: 'file' },
    files: { 'a.test.js': long('a') },
    when: [['a'], ['hangs file']],
    after: [...longAfter('a').slice(0, 5), 'hangs file'],
  },
  'a second time, in the teardown of a session': {
    atOnce: true,
    env: { HANGS: 'session' },
    files: { 'a.test.js': long('a') },
    when: [['a'], ['hangs session']],
    after: [...longAfter('a'), 'hangs session'],
  },
  'a second time, with workers': {
    main: true,
    ...TWO,
    atOnce: true,
    env: { HANGS: 'worker' },
    when: [
      ['a', 'b'],
      ['hangs worker', 'hangs worker'],
    ],
    after: [...longAfter('a'), ...longAfter('b'), 'hangs worker', 'hangs worker'].filter(
      event => event !== 'worker down',
    ),
  },
  'a second time, of all processes': {
    ...TWO,
    atOnce: true,
    group: true,
    env: { HANGS: 'file' },
    when: [
      ['a', 'b'],
      ['hangs file', 'hangs file'],
    ],
    after: [...longAfter('a').slice(0, 5), ...longAfter('b').slice(0, 5), 'hangs file', 'hangs file'],
  },
  'a second time, as a test never lets go': {
    atOnce: true,
    args: WORKERS,
    files: {
      'a.test.js': "test('t', () => { require('./events').say('t'); for (;;); });",
      'b.test.js': `${HEAD} test('u', async () => { ${hanging('u')} });`,
    },
    when: [['t', 'u'], ['u finally']],
    after: ['u finally'],
  },
};
