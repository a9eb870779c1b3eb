import { calledRequest } from '../../../src/errors/fixtures/called-request';
import * as declaring from '../../../src/errors/fixtures/declaring';
import type { Hidden } from '../../../src/errors/fixtures/hidden';
import * as life from '../../../src/errors/fixtures/life';
import * as lookup from '../../../src/errors/fixtures/lookup';
import * as parameters from '../../../src/errors/fixtures/parameters';
import * as shared from '../../../src/errors/fixtures/shared';
import * as thrown from '../../../src/errors/fixtures/thrown';
import * as backends from '../../../src/errors/loop/backends';
import * as executor from '../../../src/errors/loop/executor';
import * as loop from '../../../src/errors/loop/loop';
import type { Problem } from '../../../src/errors/problem';
import * as channel from '../../../src/errors/processes/channel';
import { LOST } from '../../../src/errors/processes/lost';
import * as commandLine from '../../../src/errors/project/command-line';
import { babelReadTypeScript } from '../../../src/errors/project/compiler';
import * as config from '../../../src/errors/project/config';
import * as environment from '../../../src/errors/project/environment';
import * as interrupt from '../../../src/errors/project/interrupt';
import * as readers from '../../../src/errors/project/readers';
import * as asyncTimeout from '../../../src/errors/tests/async-timeout';
import * as tests from '../../../src/errors/tests/calls';
import * as late from '../../../src/errors/tests/late';
import * as markers from '../../../src/errors/tests/markers';
import * as pendingWork from '../../../src/errors/tests/pending-work';
import * as policyFixtures from '../../../src/errors/tests/policy-fixtures';
import * as skip from '../../../src/errors/tests/skip';
import * as timeouts from '../../../src/errors/tests/timeouts';
import type { Parameters } from '../../../src/parameters';
import { REQUESTER, requesterAt, siteAt } from '../support';

const PLACE = 'fixtures.ts:8';
const site = siteAt(PLACE);
const db = { name: 'db', site };
const pool = { name: 'pool', site: siteAt('fixtures.ts:12') };
const gone: Parameters = {
  kind: 'gone',
  reason: 'shell',
  text: '_fx.apply(this, arguments)',
  compiler: 'swc',
};
const requester = { label: 'test "adds"', site };
const READ = { name: 'port', form: 'function', isFixture: true };

const MESSAGES: Readonly<Record<string, Problem>> = {
  invalidBackend: backends.invalidBackend('fixture "loopBackend"', 7, site),
  unknownBackend: backends.unknownBackend('loopBackend', 'vitrual', ['node', 'virtual'], site),
  unknownLoopBackend: backends.unknownLoopBackend('vitrual', ['node', 'virtual']),
  invalidBackendOption: backends.invalidBackendOption('virtual', 'treshold', undefined, 1, ['threshold']),
  noFakeTimers: backends.noFakeTimers('virtual'),
  fakeTimersOn: backends.fakeTimersOn('virtual'),
  backendTooLate: backends.backendTooLate('virtual', 'eventLoop', 'node', site),
  invalidFactories: backends.invalidFactories(
    'the export `loopFactories` of jest.fixtures.js',
    'an object',
    7,
  ),
  factoryInWorkers: backends.factoryInWorkers('mine', '/p'),
  factoryIsEsm: backends.factoryIsEsm('mine', '/p/mine.mjs'),
  factoryNotFound: backends.factoryNotFound('slow', '/project/slow.js', 7),
  factoryGaveNoLoop: backends.factoryGaveNoLoop('slow', 7),
  nothingLeft: timeouts.nothingLeft(requester, ['sleep(100) at test/a.test.ts:4'], 'A hint.'),
  connectionLost: channel.connectionLost('the worker process 12', LOST.ended),
  unreachable: channel.unreachable('/tmp/s', 5000, 'connect ENOENT /tmp/s'),
  refused: channel.refused('/tmp/s'),
  tooLargeToSend: channel.tooLargeToSend('request "x"', 3 * 2 ** 20, 2 ** 20),
  notSendable: channel.notSendable('request "x"', 'value.pool', 'a function'),
  unknownRequest: channel.unknownRequest('x'),
  invalidFlag: commandLine.invalidFlag('loop-scope', 'one of "test", "file"', 'fil'),
  unknownListed: readers.unknownListed('foldr', ['folder'], ['folder', 'tasks']),
  unknownFlag: commandLine.unknownFlag('--loop-bakend', ['--loop-backend']),
  initAlone: commandLine.initAlone(['--ci']),
  initNeedsFile: commandLine.initNeedsFile('{}'),
  noJest: commandLine.noJest(['/p', '/q']),
  oldJest: commandLine.oldJest('29.7.0', '/p/node_modules/jest'),
  notConfigured: commandLine.notConfigured(['--loop-debug'], '/p'),
  notUsed: commandLine.notUsed('/p'),
  needsRunner: commandLine.needsRunner(['--durations'], '/p'),
  invalidProgramOption: commandLine.invalidProgramOption('runJest()', '"argv"', 'a list', 1),
  unknownProgramOption: commandLine.unknownProgramOption('runJest()', 'args', ['argv']),
  notInProgram: commandLine.notInProgram('--watch'),
  refusedArguments: commandLine.refusedArguments(['--x']),
  runsAlready: commandLine.runsAlready(true),
  closedLoopGiven: commandLine.closedLoopGiven('mine'),
  invalidOption: config.invalidOption('testEnvironmentOptions.loop', 'mod', undefined, 1, ['mode', 'setup']),
  optionBesideLoop: config.optionBesideLoop('defaultAsyncTimeout', 100),
  invalidOptions: config.invalidOptions('testEnvironmentOptions.loop', [], 'a detail'),
  invalidSwitch: readers.invalidSwitch('JEST_LOOP_DURATIONS', 'a whole number from 1', 'x'),
  invalidReporter: readers.invalidReporter('unknown option "path"'),
  fixtureFileAsTest: config.fixtureFileAsTest(),
  noExtractor: config.noExtractor({}),
  noEnvironmentClass: config.noEnvironmentClass('jsdom'),
  noGlobalFunction: config.noGlobalFunction('setup', 'setup.js'),
  invalidFixtureOption: declaring.invalidFixtureOption(db, { option: 'auto', expected: 'true', got: 1 }),
  invalidName: declaring.invalidName('', site),
  invalidDeclaration: declaring.invalidDeclaration(
    'fixture()',
    site,
    'needs a name and a value or function.',
  ),
  optionsWithoutValue: declaring.optionsWithoutValue('fixture()', 'db', { auto: true }, site),
  pairWithName: declaring.pairWithName('fixture()', 'db', { scope: 'file' }, site),
  declaredLate: declaring.declaredLate('db', site),
  tupleTooLong: declaring.tupleTooLong('db', 3, site),
  interrupted: interrupt.interrupted(),
  skipped: skip.skipped('no database'),
  invalidSkip: skip.invalidSkip(true),
  didNotYield: life.didNotYield(db, REQUESTER),
  yieldedTwice: life.yieldedTwice(db, REQUESTER),
  useNotCalled: life.useNotCalled(db, REQUESTER),
  useCalledTwice: life.useCalledTwice(db, REQUESTER),
  useNotAwaited: life.useNotAwaited(db, REQUESTER),
  invalidCleanup: life.invalidCleanup('x', 'test "adds"'),
  threwNoError: thrown.threwNoError(db, 'set-up', 'text', REQUESTER),
  calledRequest: calledRequest(db, 'use'),
  setupMissing: environment.setupMissing(['<rootDir>/a.js'], { name: 'fixture', site }),
  setupNotFirst: environment.setupNotFirst('fixture', site, ['<rootDir>/a.js', 'jest-loop/setup']),
  calledInSetupFiles: environment.calledInSetupFiles('fixture', site, '<rootDir>/a.js'),
  setupInSetupFiles: environment.setupInSetupFiles([]),
  otherName: tests.otherName('test.use()', site),
  scopeEnded: life.scopeEnded('db', 'test "adds"'),
  fixtureTimeout: timeouts.fixtureTimeout(db, 'set up', 500, REQUESTER, []),
  fixtureBlocked: timeouts.fixtureBlocked(db, 'tear down', 500, REQUESTER),
  bodyTimeout: timeouts.bodyTimeout(requester, 500, ['sleep(100)']),
  cleanupTimeout: timeouts.cleanupTimeout(requester, 500, []),
  blockedTooLong: timeouts.blockedTooLong(requester, 500),
  invalidAsyncTimeout: asyncTimeout.invalidAsyncTimeout(0),
  asyncTimeoutEnded: asyncTimeout.asyncTimeoutEnded('test "adds"'),
  invalidPolicyValue: policyFixtures.invalidPolicyValue(db, 'a Loop', 1),
  testNotRun: policyFixtures.testNotRun(db, REQUESTER),
  testRunTwice: policyFixtures.testRunTwice(db, REQUESTER),
  lateError: late.lateError('test "adds"', 'too late', true),
  leftovers: pendingWork.leftovers(requester, [`setTimeout(fn, 500) at ${PLACE}`]),
  tasksEnded: pendingWork.tasksEnded('test "adds"'),
  neverReady: pendingWork.neverReady('pump'),
  loopScopeMismatch: lookup.loopScopeMismatch({ ...db, options: {} }, 'file', 'test'),
  backendOfWideLoop: markers.backendOfWideLoop(requester, 'file'),
  sessionLoop: markers.sessionLoop('Test "adds"', 'ERR_TEST_OPTION', 'said', site),
  loopClosed: loop.loopClosed('test loop', 'callSoon()'),
  noRunningLoop: loop.noRunningLoop('getRunningLoop()'),
  noLoopManaged: loop.noLoopManaged('callSoon()'),
  eventLoopForbidden: loop.eventLoopForbidden(),
  timerForbidden: loop.timerForbidden('setTimeout'),
  invalidLoopCall: loop.invalidLoopCall('loop.run()', 'a function', 1),
  alreadyDone: loop.alreadyDone('task "pump"', 'setResult()'),
  invalidWork: executor.invalidWork(1),
  invalidArguments: executor.invalidArguments('function "work"', 1),
  unreadableWork: executor.unreadableWork('function "work"', 'it is bound'),
  relativeModule: executor.relativeModule('./work.js'),
  argumentNotCloneable: executor.argumentNotCloneable('function "work"', 0, () => {}, 'it is a function'),
  executorNotClosed: executor.executorNotClosed(5000),
  resultNotCloneable: executor.resultNotCloneable('function "work"', 'it is a function'),
  outerVariable: executor.outerVariable('function "work"', 'x is not defined'),
  moduleNotLoaded: executor.moduleNotLoaded('/p/work.js', 'no such file'),
  noDefaultFunction: executor.noDefaultFunction('/p/work.js', 'it is 5'),
  workerDied: executor.workerDied('function "work"', 'exit code 1'),
  executorClosed: executor.executorClosed('function "work"'),
  invalidPoolSize: executor.invalidPoolSize(0),
  unknownFixture: lookup.unknownFixture('bd', requester, ['db', 'port'], undefined, requester),
  nothingToOverride: lookup.nothingToOverride(db, ['port']),
  cycle: lookup.cycle([db, pool, db], REQUESTER),
  dynamicCycle: lookup.dynamicCycle([db, pool, db], REQUESTER),
  scopeMismatch: lookup.scopeMismatch(db, 'file', pool, 'test', REQUESTER),
  hookScopeMismatch: lookup.hookScopeMismatch({ label: 'beforeAll hook', site }, pool, 'test'),
  sharedScopeInTestFile: lookup.sharedScopeInTestFile(db, 'worker'),
  sessionLoopFromWorker: shared.sessionLoopFromWorker(db, 'worker'),
  loadFailed: shared.loadFailed('jest.fixtures.ts', new Error('document is not defined')),
  notDeclaredOutside: shared.notDeclaredOutside('db', 'jest.fixtures.ts', site),
  cannotCross: shared.cannotCross(db, { path: 'value.connect', what: 'a function' }),
  noSession: shared.noSession(db),
  variantUnknown: lookup.variantUnknown(db, 2),
  unreadableParameters: parameters.unreadableParameters(requester, gone),
  readsPlainParameter: parameters.readsPlainParameter(db, 'deps', READ, REQUESTER),
  invalidTestOption: tests.invalidTestOption('adds', 'tgs', undefined, 1, ['tags', 'timeout'], site),
  fixturesOfBlock: tests.fixturesOfBlock('adding', ['db', 'port'], site),
  generatorTest: tests.generatorTest(requester),
  fixtureInRow: tests.fixtureInRow(requester, {
    index: 1,
    columns: 2,
    names: ['db'],
    asMeant: '(a, b, { db })',
  }),
  parameterAfterFixtures: tests.parameterAfterFixtures(requester, 'done'),
  invalidLimit: tests.invalidLimit(requester, { timeout: 500 }),
  invalidTestCall: tests.invalidTestCall(
    'Expected test.extend() to be called with fixtures',
    1,
    'fix it.',
    site,
  ),
  markedLate: tests.markedLate(site),
  returnedValue: tests.returnedValue('1'),
  yieldedValue: tests.yieldedValue('1'),
  doneAndReturned: tests.doneAndReturned('1'),
  doneCalledTwice: tests.doneCalledTwice('again'),
  doneWithReason: tests.doneWithReason('no reason'),
  noEnvironment: environment.noEnvironment('fixture'),
  onlyInTestFiles: shared.onlyInTestFiles('jest.fn'),
  fixturesInOtherEnvironment: environment.fixturesInOtherEnvironment(requester, 'a.test.ts', {
    name: 'jsdom',
    inComment: true,
  }),
  unsupportedJest: environment.unsupportedJest(),
};

/** Texts that fail a run without an error of ours. */
const TEXTS: Readonly<Record<string, string>> = {
  sharedTeardown: shared.sharedTeardown(db, 'worker', 'no connection'),
  sharedUnhandled: shared.sharedUnhandled(db, 'session', 'no connection'),
};

/** Jest's own words. */
const JESTS = ['returnedValue', 'yieldedValue', 'doneAndReturned', 'doneCalledTwice', 'doneWithReason'];
/** A time limit says what was too slow; there is no single way to fix that. */
const MAY_LACK_FIX = [
  ...JESTS,
  'fixtureTimeout',
  'bodyTimeout',
  'cleanupTimeout',
  'lateError',
  'interrupted',
  'skipped',
];
/** These concern no place in the user's code, or the error's own stack shows the call. */
const MAY_LACK_PLACE = [
  ...JESTS,
  'invalidOption',
  'invalidOptions',
  'optionBesideLoop',
  'invalidSwitch',
  'invalidReporter',
  'unknownListed',
  'invalidBackendOption',
  'noFakeTimers',
  'fakeTimersOn',
  'factoryInWorkers',
  'factoryIsEsm',
  'invalidFactories',
  'factoryNotFound',
  'factoryGaveNoLoop',
  'noExtractor',
  'fixtureFileAsTest',
  'noEnvironmentClass',
  'noGlobalFunction',
  'noEnvironment',
  'onlyInTestFiles',
  // Its stack is the thrown error's.
  'loadFailed',
  'unsupportedJest',
  'scopeEnded',
  'invalidCleanup',
  'setupInSetupFiles',
  'invalidAsyncTimeout',
  'asyncTimeoutEnded',
  'lateError',
  'tasksEnded',
  'neverReady',
  'interrupted',
  'skipped',
  'invalidSkip',
  // Thrown where the Loop is made.
  'unknownLoopBackend',
  // The place is the thrown error's.
  'loadFailed',
  ...Object.keys(channel),
  ...Object.keys(commandLine),
  ...Object.keys(loop),
  ...Object.keys(executor),
];
/** Thrown in the user's code, whose stack shows the place. */
const SHOWS_THE_CALL = ['variantUnknown', 'readsPlainParameter'];

test('this file checks every message', () => {
  const modules = [
    asyncTimeout,
    backends,
    channel,
    commandLine,
    config,
    declaring,
    executor,
    interrupt,
    late,
    life,
    lookup,
    loop,
    markers,
    readers,
    parameters,
    pendingWork,
    policyFixtures,
    environment,
    skip,
    tests,
    thrown,
    { calledRequest },
    timeouts,
    shared,
  ]
    .flatMap(module => Object.keys(module))
    .filter(
      name =>
        ![
          'fixForEnvironment',
          'fixForCopy',
          'fixForGlobal',
          'notWritten',
          'factoryMissing',
          'backendUnreached',
          'lateText',
        ].includes(name),
    );
  expect([...Object.keys(MESSAGES), ...Object.keys(TEXTS)].sort()).toEqual(modules.sort());
});

test.each(Object.entries(MESSAGES))('%s has a code, a place and a fix', (name, problem) => {
  expect(problem.code).toMatch(/^ERR_[A-Z_]+$/);
  expect(problem.message).not.toMatch(/\b(?:at|by|got) undefined\b|\[object|\n\n/);
  if (!MAY_LACK_FIX.includes(name))
    expect(problem.message).toMatch(/\n {2}To fix: .+(?:[.?…]|:(?:\n {4}.+)+)$/);
  if (!MAY_LACK_PLACE.includes(name)) expect(problem.message).toContain(PLACE);
});

test.each(
  Object.entries(MESSAGES).filter(([name]) => ![...MAY_LACK_PLACE, ...SHOWS_THE_CALL].includes(name)),
)('%s shows the stack of its place', (_, problem) => {
  expect(problem.frames).toBe(site.frames);
});

test.each(Object.entries(TEXTS))(
  '%s names the fixture, its scope and place, the error and a way to fix it',
  (_, text) => {
    expect(text).toMatch(/^Fixture "db" \(scope "(worker|session)"\) [^\n]*: no connection\n/);
    expect(text).toContain(PLACE);
    expect(text).toMatch(/\n {2}To fix: .+\.$/);
  },
);

describe('an unknown fixture', () => {
  const message = (known: string[], hidden?: Hidden, root = REQUESTER): string =>
    lookup.unknownFixture('bd', root, known, hidden, root).message;

  test('comes with the nearest names, and a fix with the nearest of all', () => {
    expect(message(['db', 'port']).split('\n')).toEqual([
      'Test "adds" requests unknown fixture "bd".',
      '  requested by test "adds" at test/a.test.ts:3',
      '  Nearest known names: db',
      '  Known fixtures: db, port',
      '  To fix: rename it to "db", or declare it with fixture("bd", …) in a setup file, a jest.fixtures file or this test file.',
    ]);
  });

  test('without a similar name has to be declared', () => {
    expect(message([])).toContain('Known fixtures: (none)');
    expect(message([])).toMatch(/To fix: declare it with fixture\("bd", …\)/);
  });

  test('says which jest.fixtures files declare nothing, and which are not loaded', () => {
    const files = { lookedIn: ['<rootDir>'], loaded: ['jest.fixtures.js'], misnamed: [], above: [] };
    const around = { ...files, empty: files.loaded, second: ['jest.fixtures.cjs'], top: 'rootDir' } as const;
    const { message } = lookup.unknownFixture('bd', requester, [], undefined, requester, { files: around });
    expect(message.split('\n').slice(3, -1)).toEqual([
      '  jest.fixtures files loaded: jest.fixtures.js (looked in <rootDir>)',
      "  jest.fixtures.js declares no fixture: only fixture('name', …) and test.extend({ … }) do.",
      '  jest.fixtures.cjs is not loaded: another jest.fixtures file of its directory is.',
    ]);
  });

  test('that a fixture requests comes with the test that needs it', () => {
    const { message } = lookup.unknownFixture('bd', requesterAt('fixture "pool"'), [], undefined, requester);
    expect(message).toContain(`needed by test "adds" at ${PLACE}`);
  });

  test('that request.get requests comes with the place of that call', () => {
    const by = { call: 'request.get', site: siteAt('a.test.ts:9') };
    const { message, frames } = lookup.unknownFixture('bd', { ...REQUESTER, by }, [], undefined, requester);
    expect(message).toContain(
      `\n  requested by test "adds" at test/a.test.ts:3, by request.get at a.test.ts:9\n  needed by test "adds" at ${PLACE}\n`,
    );
    expect(frames).toBe(by.site.frames);
    const hook = lookup.hookScopeMismatch({ ...requesterAt('beforeAll hook'), by }, db, 'test');
    expect(hook.frames).toBe(by.site.frames);
  });

  test('that a shared fixture requests cannot come from a test file', () => {
    const { message } = lookup.unknownFixture('bd', requester, [], undefined, requester, { isShared: true });
    expect(message).toContain('declare it with fixture("bd", …) in a setup file or a jest.fixtures file.');
  });

  test.each([
    ['describe', 'move its declaration out of the describe block "inner", or declare another one here.'],
    ['file', 'move its declaration to a setup file or a jest.fixtures file.'],
    ['directory', 'move its declaration to a jest.fixtures file further up, or to a setup file.'],
  ] as const)('declared in another %s is named as not visible', (kind, fix) => {
    const text = message(['db'], { name: 'bd', site, in: kind, label: 'inner' });
    expect(text).toContain(`\n  "bd" exists at ${PLACE}, which is not visible from here\n`);
    expect(text).toMatch(`\n  To fix: ${fix}`);
  });

  test('that is a member of the request is in the second parameter of a fixture', () => {
    const fix = (name: string, known: string[], form?: string): string | undefined =>
      lookup
        .unknownFixture(name, requester, known, undefined, REQUESTER, { form })
        .message.split('To fix: ')[1];
    const second = 'is a member of the request, the second parameter:';
    expect(fix('param', ['params'], 'function')).toBe(`param ${second} (_, { param }) => ….`);
    expect(fix('onCleanup', [], 'use')).toBe(
      'onCleanup is a member of the request, the third parameter: (_, use, { onCleanup }) => ….',
    );
    expect(fix('path', [], 'function')).toBe(`path ${second} (_, { path }) => ….`);
    expect(fix('path', ['paths'], 'function')).toMatch(/^rename it to "paths"/);
  });

  test('that is a member of the request is named through it in a test', () => {
    const fix = (name: string, known: string[] = []): string | undefined =>
      lookup.unknownFixture(name, requester, known, undefined, REQUESTER).message.split('To fix: ')[1];
    expect(fix('onCleanup', ['cleanup'])).toBe('write ({ request }) and use request.onCleanup(fn).');
    expect(fix('get')).toBe("write ({ request }) and use request.get('name').");
    for (const name of ['signal', 'test', 'name', 'scope', 'path'])
      expect(fix(name)).toBe(`write ({ request }) and use request.${name}.`);
    expect(fix('path', ['paths'])).toMatch(/^rename it to "paths"/);
    expect(fix('param')).toMatch(/^a test has no param of its own: name the fixture with `params`/);
    expect(fix('toString')).toMatch(/^declare it/);
  });

  test('declared for another test is reached through that', () => {
    const hidden = { name: 'bd', site, in: 'test', label: '' } as const;
    expect(message([], hidden)).toContain(`\n  "bd" is declared at ${PLACE} for another test\n`);
    const declare = 'or declare it for all tests with fixture("bd", …).';
    expect(message([], hidden)).toContain(`To fix: call the test that test.extend returned, ${declare}`);
    expect(message([], hidden, requesterAt('beforeEach hook'))).toContain(
      `To fix: register the hook with the test that test.extend returned, as t.beforeEach(…), ${declare}`,
    );
    expect(lookup.nothingToOverride({ name: 'bd', site }, [], hidden).message).toMatch(
      /for another test\n.*\n {2}To fix: override it with the test that test\.extend returned: by /,
    );
  });
});

test('of several projects, those that need the preset are named', () => {
  const files = ['a/jest.config.js', 'b/package.json'];
  const { message } = commandLine.notConfigured(['--loop-debug'], '/p', files);
  expect(message.split('\n').slice(0, 4)).toEqual([
    '--loop-debug would do nothing: the Jest configuration of /p has projects, none of which uses jest-loop.',
    '  A preset has no effect beside `projects`: each project needs its own.',
    '  To fix: add the first line to a/jest.config.js and to b/package.json, or let npx jest-loop --init say how; beside another preset, the other two:',
    "    preset: 'jest-loop',",
  ]);
  expect(commandLine.notUsed('/p', files).message).toMatch(
    /^The Jest configuration of \/p has projects, none of which uses jest-loop: its tests .*\n {2}A preset has/,
  );
});

test('a describe block gets no fixtures, which belong in a hook or test', () => {
  expect(MESSAGES.fixturesOfBlock!.message.split('\n')).toEqual([
    'The function of describe block "adding" requests fixtures, { db, port }, but describe blocks get none.',
    '  registered at fixtures.ts:8',
    '  To fix: request them in a hook or a test: beforeEach(({ db, port }) => …).',
  ]);
  expect(tests.fixturesOfBlock('adding', [], site).message).toContain('beforeEach(({}) => …)');
});

test('a dependency cycle names the whole chain, each place, and the requester', () => {
  const { message } = MESSAGES.cycle!;
  for (const part of ['"db" -> "pool" -> "db"', PLACE, 'fixtures.ts:12', 'test/a.test.ts:3'])
    expect(message).toContain(part);
});

test('a fixture that names itself has a message different from a cycle', () => {
  expect(lookup.cycle([db, db], REQUESTER).message).toMatch(/^Fixture "db" depends on itself/);
});

test('a scope mismatch names both fixtures, scopes and places, and the requester', () => {
  const { message } = MESSAGES.scopeMismatch!;
  for (const part of ['"db" (scope "file")', '"pool" (scope "test")', PLACE, 'fixtures.ts:12', 'a.test.ts:3'])
    expect(message).toContain(part);
});

test('a function of the object form that yields or returns its value comes with the form for that', () => {
  const lines = (wrote: 'generator' | 'returned', mustOverride = false): string[] =>
    life
      .useNotCalled({ ...db, mustOverride }, REQUESTER, wrote)
      .message.split('\n')
      .slice(-2);
  expect(lines('generator')).toEqual([
    '  It is a generator, which has no effect in the object form.',
    '  To fix: a generator belongs to test.extend("db", fn) or fixture("db", fn); here, call `await use(value)` instead of yield.',
  ]);
  expect(lines('returned', true)).toEqual([
    '  It returned a value, which has no effect in the object form.',
    '  To fix: call `await use(value)` instead of returning it, or name the fixture first: test.override("db", fn).',
  ]);
});

test('a function that calls use comes with the ways to write that declaration', () => {
  const lines = (more: object): string[] =>
    calledRequest({ ...db, ...more }, 'use')
      .message.split('\n')
      .slice(1);
  const end = 'with the teardown after the yield';
  expect(lines({})).toEqual([
    '  "db" is declared at fixtures.ts:8',
    '  `use` belongs to the object form, test.extend({ … }); fixture() takes a generator.',
    `  To fix: write fixture('db', async function* (…) { yield value; }) ${end}, or test.extend({ db: async (…, use) => { await use(value); } }).`,
  ]);
  expect(lines({ testType: {} })[2]).toBe(
    `  To fix: write test.extend('db', async function* (…) { yield value; }) ${end}, or test.extend({ db: async (…, use) => { await use(value); } }).`,
  );
  expect(lines({ mustOverride: true, testType: {} })).toEqual([
    '  "db" is overridden at fixtures.ts:8',
    '  `use` belongs to the object form, test.override({ … }); with a name before it, a generator does the same.',
    `  To fix: write test.override('db', async function* (…) { yield value; }) ${end}, or test.override({ db: async (…, use) => { await use(value); } }).`,
  ]);
  expect(lines({ mustOverride: true, namespace: { kind: 'test' } })).toEqual([
    '  "db" is overridden at fixtures.ts:8',
    '  `use` belongs to the object form, test.override({ … }); the option `overrides` takes a generator.',
    `  To fix: write overrides: { db: async function* (…) { yield value; } } ${end}.`,
  ]);
});

test.each([
  ['beforeAll hook', 'beforeEach'],
  ['afterAll hook', 'afterEach'],
])('the message for a %s names %s', (label, better) => {
  expect(lookup.hookScopeMismatch(requesterAt(label), db, 'test').message).toContain(`or use ${better}.`);
});

test.each<[string, Problem, string]>([
  [
    'fixture',
    declaring.invalidFixtureOption(db, { option: 'scop', expected: undefined, got: 1, known: ['scope'] }),
    'scope',
  ],
  [
    'fixture',
    declaring.invalidFixtureOption(db, { option: 'scope', expected: 'x', got: 'fil', known: ['file'] }),
    'file',
  ],
  ['test', MESSAGES.invalidTestOption!, 'tags'],
  ['project', MESSAGES.invalidOption!, 'mode'],
])('the message for a mistyped option of a %s names the right one', (_, { message }, right) => {
  expect(message).toContain(`To fix: write "${right}".`);
});

test('a parameter after the fixtures of a hook gets nothing', () => {
  expect(tests.parameterAfterFixtures(requesterAt('beforeEach hook'), 'done').message).toMatch(
    /^The beforeEach hook takes a parameter "done" after its fixtures, but nothing is passed there\.\n/,
  );
});

test('more fixtures after the fixtures of a test belong in the same braces', () => {
  const { message } = tests.parameterAfterFixtures(requester, ['port', 'db'], ['db', 'pool']);
  expect(message).toContain('takes another parameter after its fixtures');
  expect(message).toContain('To fix: put all names in one pair of braces: ({ db, pool, port }) => ….');
  expect(tests.parameterAfterFixtures(requester, ['signal'], ['db']).message).toContain(
    '({ request }) => ….',
  );
});

test('a value of the configuration that is nearly right is corrected where it is code', () => {
  const message = (source: string): string =>
    config.invalidOption(source, 'debug', 'true or false', 'true', []).message;
  expect(message('testEnvironmentOptions.loop')).toContain('To fix: write `debug: true`.');
  expect(message('the docblock @jest-loop')).toContain('To fix: correct it');
});

test('a wrong value appears beside the expected one', () => {
  expect(config.invalidOption('the docblock', 'mode', 'one of "auto"', 5, []).message).toMatch(
    /^Expected option "mode" in the docblock to be one of "auto", got 5 \(number\)\./,
  );
});

test('options without a value come with both ways to write them', () => {
  expect(MESSAGES.optionsWithoutValue!.message.split('\n')).toEqual([
    'fixture() got the options of fixture "db", but no value or function.',
    '  called at fixtures.ts:8',
    '  To fix: add it after the options: fixture("db", { auto: true }, async () => …); if they are the value, write fixture("db", {}, { auto: true }).',
  ]);
});

test("another runner's list for a named fixture comes with the forms for it", () => {
  expect(MESSAGES.pairWithName!.message.split('\n')).toEqual([
    'fixture() got a list of a function and its options for fixture "db", which belongs to the object form.',
    '  called at fixtures.ts:8',
    `  To fix: write fixture("db", { scope: 'file' }, async function* (…) { yield value; }), or test.extend({ db: [fn, { scope: 'file' }] }); if the list is the value, write fixture("db", {}, […]).`,
  ]);
  expect(declaring.pairWithName('test.override()', 'db', { auto: true }, site).message).toContain(
    'To fix: write test.override("db", { auto: true }, async function* (…) { yield value; }), or test.override({ db: ',
  );
});

test('an option beside `loop` belongs below it', () => {
  expect(MESSAGES.optionBesideLoop!.message.split('\n')).toEqual([
    'Option "defaultAsyncTimeout" stands in testEnvironmentOptions itself, where nothing reads it.',
    '  To fix: put it below loop: testEnvironmentOptions: { loop: { defaultAsyncTimeout: 100 } }.',
  ]);
});

test('the reserved name has a message different from an invalid one', () => {
  expect(declaring.invalidName('request', site).message).toMatch(/^The name "request" is reserved/);
  expect(declaring.invalidName(5, site).message).toContain('got 5 (number)');
});

describe('a time limit', () => {
  test('reads as documented', () => {
    expect(MESSAGES.bodyTimeout!.message.split('\n')).toEqual([
      'Took too long to complete: fixtures.ts:8 (timeout=500ms)',
      '  in: test "adds"',
      '  waiting for: sleep(100)',
    ]);
    expect(MESSAGES.fixtureTimeout!.message.split('\n')).toEqual([
      'Fixture "db" took too long to set up: fixtures.ts:8 (timeout=500ms)',
      '  requested by test "adds" at test/a.test.ts:3',
      '  waiting for: a promise of your code or of a library, which jest-loop cannot cancel (if the call takes a signal, pass it request.signal)',
    ]);
    expect(MESSAGES.cleanupTimeout!.message).toMatch(
      /^A cleanup of test "adds" took too long to complete: fixtures.ts:8 \(timeout=500ms\)\n {2}waiting for: /,
    );
  });

  test('of a function that cannot be read says so', () => {
    const lines = timeouts.bodyTimeout(requester, 500, [], { isUnreadable: true }).message.split('\n');
    expect(lines.slice(-2)).toEqual([
      "  Its function is bound, native or a mock: its parameters cannot be read, so it gets Jest's done and no fixtures.",
      '  To fix: call done(), or, if it takes fixtures, write a function around it: ({ db }) => fn({ db }).',
    ]);
  });

  test('of code that blocks says what lets it be stopped', () => {
    for (const { message } of [MESSAGES.blockedTooLong!, MESSAGES.fixtureBlocked!])
      expect(message).toContain(
        'To fix: await a timer or I/O from time to time (a settled promise is not enough), ',
      );
  });

  test('ends with what may keep it waiting', () => {
    const hint = "Jest's fake timers are on.";
    for (const { message } of [
      timeouts.bodyTimeout(requester, 500, [], { hint }),
      timeouts.fixtureTimeout(db, 'set up', 500, REQUESTER, [], hint),
      timeouts.cleanupTimeout(requester, 500, [], hint),
    ])
      expect(message).toMatch(/^.*\n(?: {2}(?:in|requested by):? .*\n)? {2}Jest's fake timers are on\.$/);
  });

  test('names the pending work, but not all of hundreds', () => {
    const waiting = Array.from({ length: 7 }, (_, index) => `sleep(${index})`);
    const lines = timeouts.bodyTimeout(requester, 500, waiting).message.split('\n').slice(2);
    expect(lines).toEqual([...waiting.slice(0, 5).map(each => `  waiting for: ${each}`), '  and 2 more']);
  });

  test.each([
    ['a body', timeouts.bodyTimeout],
    ['a cleanup', timeouts.cleanupTimeout],
    ['code that blocks', timeouts.blockedTooLong],
  ])('of %s with no known place names who it is', (_, make) => {
    const nowhere = { label: 'beforeAll hook', site: siteAt(undefined) };
    expect(make(nowhere, 500, []).message).toMatch(/to complete: beforeAll hook \(timeout=500ms\)/);
  });
});

test('a global of test files in a shared fixture has a fix, any other name has none', () => {
  expect(shared.fixForGlobal('jest')).toMatch(
    /^`jest` does not exist outside the test files, .* scope "file" or narrower/,
  );
  expect(['it', 'afterAll'].map(name => typeof shared.fixForGlobal(name))).toEqual(['string', 'string']);
  expect(shared.fixForGlobal('jests')).toBeUndefined();
});

test("a method of a session fixture's value is not there", () => {
  expect(shared.fixForCopy('db')).toMatch(
    /^"db" is a session fixture: .* without the methods of its class; .*\.$/,
  );
});

test('several timers left behind are listed', () => {
  const { message } = pendingWork.leftovers(requester, ['setTimeout(fn, 1)', 'sleep(2)']);
  expect(message.split('\n').slice(0, 3)).toEqual([
    'Test "adds" left 2 timers behind.',
    '  setTimeout(fn, 1)',
    '  sleep(2)',
  ]);
});

describe('an error after its file ended', () => {
  const lines = (error: unknown): string[] =>
    late.lateText({ file: 'test/a.test.ts', startedBy: 'test "adds"', error }).split('\n');

  test('names the file and the test that started it, and shows the stack', () => {
    const error = Object.assign(new Error('boom'), { stack: 'Error: boom\n    at fn (a.ts:1:1)' });
    expect(lines(error)).toEqual([
      'jest-loop: an error after its file ended',
      '  file: test/a.test.ts',
      '  started by: test "adds"',
      '  Error: boom',
      '      at fn (a.ts:1:1)',
    ]);
  });

  test('can be any value', () => {
    expect(lines('text')[3]).toBe("  thrown: 'text'");
    expect(lines(Object.assign(new Error('boom'), { stack: 'Error: boom' }))[3]).toBe('  Error: boom');
    const hostile = new Proxy({}, { get: () => fail('get'), getPrototypeOf: () => fail('prototype') });
    expect(lines(hostile)[3]).toBe('  thrown: a value that cannot be shown');
  });

  function fail(what: string): never {
    throw new Error(what);
  }
});

describe('a lost connection', () => {
  test.each([
    [LOST.ended, 'it ended'],
    [LOST.failed(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })), 'it ended'],
    [LOST.failed(new Error('no space')), 'no space'],
    [LOST.tooLarge(1.25 * 2 ** 20, 2 ** 10), 'a message of 1.3 MiB came; the limit is 1024 bytes'],
    [LOST.said(LOST.undecodable('no id')), 'it said that the data received is not a message (no id)'],
  ])('says why: %s', (reason, text) => {
    expect(channel.connectionLost('the worker process 12', reason).message.split('\n')[0]).toBe(
      `The connection to the worker process 12 was lost: ${text}.`,
    );
  });
});

describe('parameters that cannot be read', () => {
  const rows: [Parameters, string][] = [
    [{ kind: 'rest', text: '...all', names: [] }, '`...all` could be anything'],
    [{ kind: 'computed', text: '[key]', names: [] }, '`[key]` is computed'],
    [{ kind: 'pattern', text: '[a]' }, '`[a]`, not an object pattern'],
    [{ kind: 'none' }, 'not an object pattern'],
    [{ kind: 'gone', reason: 'native', text: '', compiler: undefined }, 'bound or native'],
    [gone, 'by SWC'],
    [{ kind: 'gone', reason: 'unreadable', text: 'x', compiler: undefined }, 'compiled to `x`\n'],
  ];
  test.each(rows)('%j', (found, text) => {
    expect(parameters.unreadableParameters(requester, found).message).toContain(text);
  });

  test('of a fixture go into its options, those of a test into useFixtures', () => {
    const fix = (label: string): string => parameters.unreadableParameters(requesterAt(label), gone).message;
    expect(fix('fixture "db"')).toContain("{ deps: ['db'] }");
    expect(fix('test "adds"')).toContain("{ useFixtures: ['db'] }");
    const { message } = parameters.unreadableParameters(requesterAt('fixture "db"'), gone, true);
    expect(message).toMatch(/\n {2}overridden at .*\n.*\n.* test\.override\(name, \{ deps: /);
  });
});

describe('a name that a fixture reads of a plain parameter', () => {
  const message = (read: Partial<typeof READ>): string =>
    parameters.readsPlainParameter(db, 'deps', { ...READ, ...read }, REQUESTER).message;

  test('belongs in braces', () => {
    expect(message({}).split('\n')).toEqual([
      'Fixture "db" reads "port" of its plain parameter "deps", which requests no fixtures.',
      '  "db" is declared at fixtures.ts:8',
      '  requested by test "adds" at test/a.test.ts:3',
      '  To fix: name it in braces, which request it: ({ port }) => ….',
    ]);
    expect(message({ form: 'use' })).toMatch(/: \(\{ port \}, use\) => …\.$/);
  });

  test('may be a member of the request, unless a fixture has that name', () => {
    expect(message({ name: 'path' })).toMatch(/: \(\{ path \}\) => …\.$/);
    expect(message({ name: 'path', isFixture: false })).toContain(
      'To fix: path is a member of the request, the second parameter: (_, { path }) => ….',
    );
    expect(message({ name: 'param', isFixture: false, form: 'use' })).toContain(
      'To fix: param is a member of the request, the third parameter: (_, use, { param }) => ….',
    );
  });
});

test.each([
  ['sharedTeardown', shared.sharedTeardown(db, 'worker', 'connection lost')],
  ['sharedUnhandled', shared.sharedUnhandled(db, 'worker', 'connection lost')],
])('%s names the fixture, its place, what went wrong and a way to fix it', (_, text) => {
  expect(text).toMatch(/^Fixture "db" \(scope "worker"\) [^\n]*: connection lost\n/);
  expect(text).toContain('"db" is declared at ');
  expect(text).toMatch(/\n {2}To fix: (?:see the code after its yield|await what it starts), or .+\.$/);
});

test('TypeScript that Babel cannot read: three compilers to choose from', () => {
  expect(babelReadTypeScript('/p/a.test.ts: Unexpected token (1:7)').split('\n')).toEqual([
    '/p/a.test.ts: Unexpected token (1:7)',
    "  Babel, Jest's default compiler, read this file without a preset for TypeScript.",
    '  To fix: compile TypeScript with one of these:',
    '    SWC, for any version of TypeScript: npm install --save-dev @swc/core @swc/jest',
    "      and in Jest's configuration: transform: { '\\\\.[jt]sx?$': '@swc/jest' },",
    '    ts-jest, for TypeScript up to 6: npm install --save-dev ts-jest typescript@6',
    "    Babel: add @babel/preset-typescript, beside @babel/preset-env, to Babel's configuration",
    '  See: node_modules/jest-loop/docs/typescript.md#compilers',
  ]);
});
