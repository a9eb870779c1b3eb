import { KINDS } from './kinds';
import { runLogged } from './logged';
import { keepJest } from './run-jest';

keepJest();

/*
 * Jest hands tests the very modules of Node that the package uses: what a test puts there in place of Node's own is
 * for its own code, and for its own counts, however wide the fixtures are that it requests meanwhile.
 */
const MOCKED = `
  const cp = require('node:child_process');
  /** What a test may put mocks on without breaking Jest itself. */
  exports.members = [
    ...['readFileSync', 'existsSync', 'statSync', 'mkdirSync', 'rmSync', 'chmodSync', 'appendFileSync', 'realpathSync', 'openSync']
      .map(name => [require('node:fs'), name]),
    ...['spawn', 'spawnSync', 'exec', 'execFile', 'fork'].map(name => [cp, name]),
    ...['connect', 'createServer', 'createConnection'].map(name => [require('node:net'), name]),
    ...['write', 'connect', 'end', 'destroy', 'unref'].map(name => [require('node:net').Socket.prototype, name]),
    ...['listen', 'close'].map(name => [require('node:net').Server.prototype, name]),
    ...['tmpdir', 'cpus', 'hostname'].map(name => [require('node:os'), name]),
    ...['join', 'resolve', 'relative', 'dirname', 'normalize', 'isAbsolute'].map(name => [require('node:path'), name]),
    ...['randomBytes', 'randomUUID', 'createHash', 'timingSafeEqual'].map(name => [require('node:crypto'), name]),
    ...['serialize', 'deserialize'].map(name => [require('node:v8'), name]),
    ...['inspect', 'promisify'].map(name => [require('node:util'), name]),
    ...['isPromise', 'isProxy', 'isNativeError'].map(name => [require('node:util').types, name]),
    ...['fileURLToPath', 'pathToFileURL'].map(name => [require('node:url'), name]),
    ...['once', 'getEventListeners'].map(name => [require('node:events'), name]),
    ...['kill', 'exit', 'cwd', 'uptime', 'memoryUsage', 'hrtime', 'nextTick', 'emitWarning', 'emit', 'on', 'once', 'off', 'addListener', 'removeListener', 'listeners', 'prependListener']
      .map(name => [process, name]),
    ...['write', 'toString', 'subarray', 'slice', 'equals', 'copy', 'fill', 'compare', 'writeUInt32BE', 'readUInt32BE']
      .map(name => [Buffer.prototype, name]),
    ...['alloc', 'from', 'concat', 'byteLength', 'isBuffer'].map(name => [Buffer, name]),
    ...['parse', 'stringify'].map(name => [JSON, name]),
    ...['all', 'race', 'allSettled'].map(name => [Promise, name]),
  ];
  exports.emitter = ['on', 'once', 'off', 'emit', 'addListener', 'removeListener', 'listeners']
    .map(name => [require('node:events').EventEmitter.prototype, name]);`;
/** What the fixtures call is replaced as well, as it is their own. */
const EVENTS = `
  const { appendFileSync } = require('node:fs');
  exports.log = event => appendFileSync(process.env.LOG, event + '\\n');
  exports.logged = (name, value) => async function* () {
    exports.log(name + ' up');
    yield value;
    exports.log(name + ' down');
  };`;
const FIXTURES = `
  const { logged } = require('./events');
  fixture('session', { scope: 'session' }, logged('session', { port: 80 }));
  fixture('worker', { scope: 'worker' }, async function* ({ session }) { yield* logged('worker', [session.port])(); });
  fixture('directory', { scope: 'directory' }, async function* ({ worker }) { yield* logged('directory', worker)(); });
  fixture('file', { scope: 'file' }, async function* ({ directory }) { yield [...directory]; });
  fixture('block', { scope: 'describe' }, async function* ({ file }) { yield file; });
  fixture('each', async function* ({ block, tasks }) { tasks.start(() => {}); yield block; });
  fixture('child', () => {
    const { execFile } = require('node:child_process');
    return new Promise(resolve => execFile(process.execPath, ['-e', ''], error => resolve(error)));
  });
  fixture('spawned', () => {
    const child = require('node:child_process').spawn('true');
    return child;
  });`;
const asks = (put: string): string => `
  const { members: all, emitter } = require('./members');
  const put = ${put};
  // Node's own streams, and so Jest's, need a working emitter.
  const members = put.name === 'spy' ? [...all, ...emitter] : all;
  let back = [];
  beforeEach(() => { back = members.map(([object, name]) => put(object, name)); });
  afterEach(() => { for (const each of back.reverse()) each(); });
  test('all scopes', ({ session, each }) => {
    for (const restore of back.splice(0).reverse()) restore();
    expect([session.port, each]).toEqual([80, [80]]);
  });
  test('at run time', async ({ request }) => {
    const found = await Promise.resolve(request.get('each'));
    const caught = await request.get('unknown').catch(error => error.code);
    for (const restore of back.splice(0).reverse()) restore();
    expect([found, caught]).toEqual([[80], 'ERR_FIXTURE_UNKNOWN']);
  });`;
const FILES = {
  'events.js': EVENTS,
  'members.js': MOCKED,
  'jest.fixtures.js': FIXTURES,
  'mocked.test.js': asks(`(object, name) => {
    const spy = jest.spyOn(object, name).mockReturnValue('{}');
    return () => spy.mockRestore();
  }`),
  'spied.test.js': asks(`function spy(object, name) {
    const spy = jest.spyOn(object, name);
    return () => spy.mockRestore();
  }`),
  // What throws breaks Jest as well: it makes the paths of stacks with these.
  'replaced.test.js': asks(`(object, name) => {
    if ([require('node:path'), require('node:url')].includes(object)) return () => {};
    const before = Object.getOwnPropertyDescriptor(object, name);
    const value = () => { throw new Error(name + ' is replaced'); };
    Object.defineProperty(object, name, { value, configurable: true, writable: true });
    return () => before === undefined ? delete object[name] : Object.defineProperty(object, name, before);
  }`),
  'children.test.js': `
    const cp = require('node:child_process');
    describe('counted', () => {
      let spawn;
      beforeEach(() => { spawn = jest.spyOn(cp, 'spawn'); });
      afterEach(() => spawn.mockRestore());
      test('one start', ({ spawned }) => expect(spawn).toHaveBeenCalledTimes(1));
    });
    describe('mocked', () => {
      beforeEach(() => { jest.spyOn(cp, 'spawn').mockReturnValue({ on() {} }); });
      afterEach(() => jest.restoreAllMocks());
      test('a real child beside it', ({ child }) => expect(child).toBeNull());
    });`,
};

test.each(KINDS)("mocks, spies and replacements of Node are the test's own, %s", (_kind, args) => {
  const { report, log, left } = runLogged(FILES, { args });
  const failures = Object.values(report.files).flatMap(({ tests, errors }) => [
    ...tests.flatMap(({ messages }) => messages),
    ...errors,
  ]);
  expect(failures).toEqual([]);
  expect(report.output).toContain('Tests:       8 passed, 8 total');
  expect(report.code).toBe(0);
  expect(log.filter(line => line === 'session up')).toHaveLength(1);
  expect(log.filter(line => line.endsWith('up')).length).toBe(
    log.filter(line => line.endsWith('down')).length,
  );
  expect(left).toEqual([]);
});
