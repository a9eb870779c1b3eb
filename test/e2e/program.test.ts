import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fullDescribe, fullTest, sizedTo } from '../sizes';
import { strikesOf } from './interrupt-cases';
import { interrupt } from './interrupted';
import { ROOT, runFiles } from './run-jest';

/* `jest-loop/run` of the packed package, in programs of their own. */
let folder: string;
beforeEach(() => {
  fs.mkdirSync(path.join(ROOT, '.tmp/e2e'), { recursive: true });
  folder = fs.mkdtempSync(path.join(ROOT, '.tmp/e2e/program-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
}

function environment(): NodeJS.ProcessEnv {
  const { JEST_WORKER_ID: _, NODE_ENV: __, ...others } = process.env;
  return { ...others, NO_COLOR: '1', CI: '1' };
}

interface Ran {
  readonly code: number | null;
  /** What the program wrote by `log`. */
  readonly logged: readonly unknown[];
  readonly out: string;
  readonly err: string;
}

const LOG = "const log = (...all) => process.stdout.write('LOG ' + JSON.stringify(all) + '\\n');\n";

/** Runs a program: the body of an async function, with what it needs. */
function run(program: string, name = 'program.js', node: readonly string[] = []): Ran {
  write({ [name]: name.endsWith('.mjs') ? program : `${LOG}${program}` });
  const child = spawnSync(process.execPath, [...node, name], {
    cwd: folder,
    encoding: 'utf8',
    env: environment(),
  });
  const logged = [...child.stdout.matchAll(/^LOG (.*)$/gm)].map(([, text]) => JSON.parse(text!) as unknown);
  return { code: child.status, logged, out: child.stdout, err: child.stderr };
}

const PROJECT = {
  'package.json': '{ "name": "program" }',
  'jest.config.js': "module.exports = { preset: 'jest-loop', transform: {} };",
  'jest.fixtures.js': `
    const fs = require('node:fs');
    const { getRunningLoop } = require('jest-loop');
    const log = event => fs.appendFileSync(__dirname + '/log', event + ' ');
    const body = name => async function* () {
      const loop = getRunningLoop();
      setInterval(() => {}, 5);
      loop.createTask(() => new Promise(() => {})).catch(() => {});
      yield loop.name;
      await new Promise(resolve => setTimeout(resolve, 20));
      log(name);
    };
    fixture('session', { scope: 'session' }, body('session'))
      .fixture('worker', { scope: 'worker', deps: ['session'] }, body('worker'))
      .fixture('file', { scope: 'file', deps: ['worker'] }, body('file'));`,
  'passes.test.js': `
    test('a', ({ session, file }) => { expect(session).toBe(process.env.EXPECTED ?? 'mine'); });
    test('debug', ({ loopDebug }) => { expect(loopDebug).toBe(process.env.JEST_LOOP_DEBUG === '1'); });
    test('environment', () => { expect(process.env.NODE_ENV).toBe('test'); });`,
  'fails.test.js': "test('b', ({ file }) => { throw new Error('bad luck'); });",
};

/** What must be the same before and after a run, as text. */
const SNAPSHOT = `
  const timers = [require('node:timers'), require('node:timers/promises'), globalThis];
  const snapshot = () => ({
    env: { ...process.env },
    listeners: Object.fromEntries(process.eventNames().map(name => [String(name), process.rawListeners(name)])),
    names: Object.getOwnPropertyNames(globalThis),
    symbols: Object.getOwnPropertySymbols(globalThis).map(String).filter(name => name.includes('jest')),
    timers: timers.map(each => [each.setTimeout, each.setInterval, each.setImmediate, each.clearTimeout]),
    members: [process.exit, process.stdout.write, process.stderr.write, Error.prepareStackTrace, Error.stackTraceLimit],
    resources: process.getActiveResourcesInfo().sort(),
    exitCode: process.exitCode,
    cwd: process.cwd(),
  });
  const { isDeepStrictEqual } = require('node:util');
  const changed = (before, after) => Object.keys(before).filter(key => !isDeepStrictEqual(before[key], after[key]));`;

test('runs one after another, in the Loop of the caller, and leaves nothing behind', () => {
  write(PROJECT);
  const { code, logged, err } = run(`
    const { runJest } = require('jest-loop/run');
    const { Loop, getRunningLoop } = require('jest-loop');
    const { readFileSync, writeFileSync } = require('node:fs');
    ${SNAPSHOT}
    const main = async () => {
      const loop = new Loop({ name: 'mine' });
      const own = loop.createTask(() => loop.sleep(60_000));
      own.catch(() => {});
      await loop.sleep(1);
      const before = snapshot();
      const results = async options => {
        writeFileSync('log', '');
        const { success, exitCode, results } = await runJest(options);
        // A request of Node's that Jest does not await may be under way.
        for (let i = 0; i < 200 && changed(before, snapshot()).includes('resources'); i++)
          await new Promise(resolve => setTimeout(resolve, 10));
        const left = changed(before, snapshot());
        log(success, exitCode, results.numPassedTests, results.numFailedTests, readFileSync('log', 'utf8'), left);
      };
      await results({ loop, argv: ['passes'] });
      const another = new Loop();
      await results({ loop, argv: ['fails', '--loop-debug'] });
      await results({ loop, argv: ['--loop-debug=true', 'passes', '--maxWorkers=4'] });
      await results({ loop, argv: ['none-such'] });
      await results({ loop, argv: ['none-such', '--passWithNoTests'] });
      await results({ loop, config: { preset: 'jest-loop', transform: {}, bail: 1, testFailureExitCode: 3 } });
      process.exitCode = 9;
      await loop.run(async () => {
        await results({ config: 'jest.config.js', argv: ['passes'] });
        log(getRunningLoop() === loop);
      });
      log(loop.closed, loop.tasks().length, loop.tasks()[0] === own, process.exitCode, another.closed);
      process.exitCode = 0;
      await loop.close();
    };
    void main();`);
  const down = 'file worker session ';
  expect([logged, err]).toEqual([
    [
      [true, 0, 3, 0, down, []],
      [false, 1, 0, 1, down, []],
      [true, 0, 3, 0, down, []],
      [false, 1, 0, 0, '', []],
      [true, 0, 0, 0, '', []],
      [false, 3, expect.any(Number), 1, expect.stringContaining(down), []],
      [true, 0, 3, 0, down, ['exitCode']],
      [true],
      [false, 1, true, 9, false],
    ],
    expect.stringContaining('bad luck'),
  ]);
  expect(err).not.toMatch(/JEST-01|did not exit|MaxListeners/);
  expect(code).toBe(0);
});

fullTest('a run has no readers, timelines or files of the one before', () => {
  const config = (more: string): string => `module.exports = { ...require('./jest.config'), ${more} };`;
  write({
    ...PROJECT,
    'setup-throws.js': "throw new Error('in a setup file');",
    'throws.config.js': config("setupFiles: ['./setup-throws.js']"),
    'timeline.config.js': config("reporters: [['jest-loop/timeline', { file: 'page.html' }]]"),
  });
  const { logged, err } = run(`
    process.env.TMPDIR = process.env.TMP = process.env.TEMP = __dirname;
    const { readdirSync, rmSync } = require('node:fs');
    const { Loop } = require('jest-loop');
    const { runJest } = require('jest-loop/run');
    const main = async () => {
      for (const options of [
        { argv: ['--setup-plan'] },
        { argv: ['--fixtures'] },
        { argv: ['--setup-show', '--durations', '--timeline'] },
        { config: 'timeline.config.js' },
        { config: 'throws.config.js', argv: ['--loop-pool-size=1'] },
      ]) {
        await runJest({ ...options, argv: ['passes', ...(options.argv ?? [])] });
        for (const name of readdirSync(__dirname)) if (name.endsWith('.html')) rmSync(name);
        const { success, results } = await runJest({ argv: ['fails'] });
        const left = readdirSync(__dirname).filter(name => /stream|html$/.test(name));
        let backend = 'made';
        try { await new Loop({ backend: 'virtual' }).close(); } catch (error) { backend = error.code; }
        log(success, results.numFailedTests, left, backend);
      }
    };
    void main();`);
  expect(logged).toEqual(Array(5).fill([false, 1, [], 'ERR_BACKEND']));
  expect(err.match(/bad luck/g)).toHaveLength(10);
});

test('without a Loop, from another folder, TypeScript, an ES module', () => {
  write({
    'package.json': '{ "name": "above" }',
    'a/package.json': '{ "name": "a", "jest": { "preset": "jest-loop" } }',
    'a/jest.fixtures.ts':
      "import { fixture } from 'jest-loop';\nfixture('db', { scope: 'session' }, (): string => 'db');",
    'a/a.test.ts':
      "import { expect, test } from 'jest-loop';\ntest('a', ({ db }: any) => { const x: string = db; expect(x).toBe('db'); });",
  });
  const { code, out, err } = run(
    `import { runJest } from 'jest-loop/run';
    const before = [setTimeout, globalThis.setInterval];
    const { success, results } = await runJest({ rootDir: 'a', argv: ['--silent'] });
    console.log(JSON.stringify([success, results.numPassedTests, before[0] === setTimeout, process.exitCode ?? null]));
    const alone = await runJest({ rootDir: 'a', config: { preset: 'jest-loop', testMatch: ['**/a.test.ts'] } });
    console.log(alone.success);`,
    'program.mjs',
  );
  expect([out, err]).toEqual(['[true,1,true,null]\ntrue\n', expect.stringContaining('PASS')]);
  expect(code).toBe(0);
});

const LANGUAGES: [language: string, name: string, node: string[]][] = [
  ['an ES module', 'program.mjs', []],
  ['TypeScript', 'program.ts', ['-r', 'ts-node/register/transpile-only']],
];
test.each(sizedTo(1, LANGUAGES))('runAsMain and runJest in %s', (_, name, node) => {
  write({ ...PROJECT, 'passes.test.js': "test('a', ({ session }) => { expect(session).toBe('main'); });" });
  const typed = name.endsWith('.ts');
  const { code, out } = run(
    `import { HttpServerService } from 'jest-loop';
    import { runAsMain, runJest } from 'jest-loop/run';
    const server = new HttpServerService({ listener: (_, response) => response.end('hello') });
    void runAsMain(async ({ loop }) => {
      const text${typed ? ': string' : ''} = await (await fetch(server.url)).text();
      const { success, exitCode, results } = await runJest({ loop, argv: ['passes', '--silent'] });
      console.log(JSON.stringify([text, success, exitCode, results.numPassedTests, loop.name]));
      throw new Error('at the end');
    }, { services: [server] });`,
    name,
    node,
  );
  expect([out, code]).toEqual(['["hello",true,0,1,"main"]\n', 1]);
});

test('beside another preset every fixture is down too, and its errors count', () => {
  const config = `module.exports = { transform: {}, testEnvironment: 'jest-loop/environment',
    setupFilesAfterEnv: ['jest-loop/setup'] };`;
  const fixtures = `
    fixture('worker', { scope: 'worker' }, async function* () { yield 1; throw new Error('teardown'); });`;
  write({ ...PROJECT, 'jest.config.js': config, 'jest.fixtures.js': fixtures });
  write({ 'passes.test.js': "test('a', ({ worker }) => {});" });
  const { logged, err } = run(`
    require('jest-loop/run').runJest({ argv: ['passes'] }).then(({ success, exitCode, results }) => {
      log(success, exitCode, results.success, process.exitCode ?? null);
    });`);
  expect([logged, err]).toEqual([[[false, 1, true, null]], expect.stringContaining('teardown')]);
});

test('mistakes', () => {
  write(PROJECT);
  const { logged } = run(`
    const { runAsMain, runJest } = require('jest-loop/run');
    const { Loop } = require('jest-loop');
    const attempt = async fn => {
      try { await fn(); log('no error'); } catch (error) { log(error.code, error.message); }
    };
    const main = async () => {
      await attempt(() => runJest({ args: [] }));
      await attempt(() => runJest({ argv: '-t x' }));
      await attempt(() => runJest({ argv: ['--loop-scope', 'x'] }));
      await attempt(() => runJest({ argv: ['--setupshow'] }));
      await attempt(() => runJest({ argv: ['--watch'] }));
      await attempt(() => runJest({ config: { preset: 'jest-loop', watch: true } }));
      await attempt(() => runJest({ config: { preset: 'jest-loop', watchAll: true } }));
      await attempt(() => runJest({ argv: ['--help'] }));
      await attempt(() => runJest({ argv: ['--maxWorkers'] }));
      await attempt(() => runJest({ config: { reporters: [() => {}] } }));
      const loop = new Loop({ name: 'closed' });
      await loop.close();
      await attempt(() => runJest({ loop }));
      await attempt(() => Promise.all([runJest({ argv: ['passes'] }), runJest()]));
      await new Promise(resolve => setTimeout(resolve, 50));
      await attempt(() => runAsMain());
      await attempt(() => runAsMain(() => {}, { service: [] }));
      await attempt(() => runAsMain(() => {}, { services: [1] }));
      log(process.exitCode ?? null);
    };
    void main();`);
  const option = (text: string): unknown => ['ERR_OPTION_INVALID', expect.stringContaining(text)];
  expect(logged.slice(0, 10)).toEqual([
    option('Valid options: argv, config, rootDir, loop'),
    option('Expected "argv" of runJest() to be a list of strings, got "-t x"'),
    option('Expected --loop-scope to be one of'),
    option('To fix: write --setup-show.'),
    option('was given --watch.'),
    option('was given `watch: true` by its configuration.'),
    option('npx jest-loop --watchAll.'),
    option('was given --help.'),
    option('Jest does not take these arguments: --maxWorkers'),
    option('"config" of runJest() to be a configuration that can be written as JSON'),
  ]);
  expect(logged.slice(10)).toEqual([
    ['ERR_LOOP_CLOSED', expect.stringContaining('Loop "closed", which is closed')],
    ['ERR_ENVIRONMENT', expect.stringContaining('before the last run had ended')],
    option('Expected the first argument of runAsMain() to be a function'),
    option('Valid options: services'),
    ['ERR_SERVICE', expect.any(String)],
    [null],
  ]);
});

test('a test cannot run Jest in its own process', () => {
  const { files } = runFiles({ 'a.test.js': "test('n', () => require('jest-loop/run').runJest());" });
  expect(files['a.test.js']!.tests[0]!.messages[0]).toContain('in a process that runs tests');
});

const onUnix = process.platform === 'win32' ? describe.skip : describe;

onUnix('a signal', () => {
  const HANGS = `
    const { say } = require('./events'); const { sleep } = require('jest-loop');
    test('long', async ({ own }) => { say('long'); try { await sleep(60_000); } finally { say('finally'); } });`;
  const down = ['own down', 'block down', 'file down', 'directory down', 'worker down', 'session down'];

  const CALLS: [where: string, call: string, line: string, code: number][] = [
    ['within runAsMain', 'runAsMain(async () => print(await runJest()));', 'false 130 0 undefined', 130],
    ['of runJest alone', 'runJest().then(print);', 'false 130 0 undefined', 0],
  ];
  test.each(sizedTo(1, CALLS))('ends the run tidily, %s', async (_, call, line, code) => {
    const program = `
      const { runAsMain, runJest } = require('jest-loop/run');
      const print = ({ success, exitCode, results }) =>
        console.log('LOG', success, exitCode, results.numFailedTests, process.exitCode, '.');
      ${call}`;
    const found = await interrupt({
      script: 'program.js',
      files: { 'a.test.js': HANGS, 'b.test.js': HANGS, 'program.js': program },
      strikes: strikesOf({ when: [['long', 'own up']], after: [] }),
    });
    expect([found.code, found.after, found.faults]).toEqual([code, ['finally', ...down], []]);
    expect(found.output).toContain(`LOG ${line} .`);
  });
});

describe('runAsMain', () => {
  const PROGRAM = `${LOG}
    const { runAsMain } = require('jest-loop/run');
    const fails = { name: 'fails', start() {}, stop() { throw new Error('stop failed'); } };
    const service = { name: 'own', start() { log('start'); }, stop(error) { log('stop', error?.message ?? null); } };
    const services = process.argv[2] === 'stop' ? [service, fails] : [service];
    const keepsAlive = () => setInterval(() => {}, 1000);
    const cases = {
      ok: () => 5,
      throws: () => { throw Object.assign(new Error('bad'), { code: 'E_OWN' }); },
      text: () => Promise.reject('text'),
      stop: () => 5,
      timer: async ({ loop }) => {
        setTimeout(() => { throw new Error('in timer'); }, 1);
        try { await loop.sleep(60_000); } finally { log('finally'); }
      },
      task: async ({ loop }) => {
        loop.createTask(async () => { throw new Error('in task'); });
        await loop.sleep(60_000);
      },
      rejection: async ({ loop }) => { Promise.reject(new Error('rejected')); await loop.sleep(60_000); },
      alive: () => { require('node:net').createServer().listen(0); throw new Error('with a server'); },
      pending: ({ loop }) => { loop.callLater(60_000, () => {}); loop.createTask(() => loop.sleep(60_000)); },
      signal: async ({ loop, signal }) => {
        log('waits');
        keepsAlive();
        try { await loop.sleep(60_000); } finally { await new Promise(resolve => setTimeout(resolve, 20)); log('finally', signal.aborted); }
      },
      foreign: async () => { log('waits'); require('node:net').createServer().listen(0); await new Promise(() => {}); },
    };
    runAsMain(context => {
      log(context.loop.name, context.entrypoint.services.length);
      return cases[process.argv[2]](context);
    }, { services }).then(value => log('returned', value ?? null));`;

  async function main(name: string, ...signals: NodeJS.Signals[]): Promise<Ran> {
    write({ 'main.js': PROGRAM });
    const child = spawn(process.execPath, ['main.js', name], { cwd: folder, env: environment() });
    let [out, err] = ['', ''];
    child.stderr.setEncoding('utf8').on('data', text => {
      err += text;
    });
    child.stdout.setEncoding('utf8').on('data', text => {
      if (!out.includes('waits') && (out + text).includes('waits'))
        for (const signal of signals) child.kill(signal);
      out += text;
    });
    const [code] = await once(child, 'close');
    const logged = [...out.matchAll(/^LOG (.*)$/gm)].map(([, text]) => JSON.parse(text!) as unknown);
    return { code, logged, out, err };
  }

  const START = [['start'], ['main', 1]];
  const STOP = (error: string | null): unknown => ['stop', error];
  const NONE = ['returned', null];

  test.each<[string, number, unknown[], string]>([
    ['ok', 0, [...START, STOP(null), ['returned', 5]], ''],
    ['throws', 1, [...START, STOP('bad'), NONE], 'Error: bad\n    at '],
    ['text', 1, [...START, STOP(null), NONE], "Thrown: 'text'\n"],
    ['stop', 1, [['start'], ['main', 2], STOP(null), ['returned', 5]], 'stop failed'],
    ['timer', 1, [...START, ['finally'], STOP('in timer'), NONE], 'Error: in timer\n    at '],
    ['task', 1, [...START, STOP('in task'), NONE], 'Error: in task\n    at '],
    ['rejection', 1, [...START, STOP('rejected'), NONE], 'Error: rejected\n    at '],
    ['alive', 1, [...START, STOP('with a server'), NONE], 'Error: with a server\n    at '],
    ['pending', 0, [...START, STOP(null), NONE], ''],
  ])('%s', async (name, code, logged, text) => {
    const ran = await main(name);
    expect([ran.code, ran.logged]).toEqual([code, logged]);
    expect(ran.err).toContain(text);
    if (text === '') expect(ran.err).toBe('');
    // The user's frames alone, and each error once.
    expect(ran.err).not.toMatch(/jest-loop[\\/]build|\(?node:/);
    expect(ran.err.match(/^Error: /gm)?.length ?? 0).toBeLessThanOrEqual(1);
  });

  (process.platform === 'win32' ? test.skip : test).each<[string, NodeJS.Signals, number, unknown[]]>([
    ['signal', 'SIGINT', 130, [['finally', true], STOP(null), NONE]],
    ['signal', 'SIGTERM', 143, [['finally', true], STOP(null), NONE]],
    ['foreign', 'SIGINT', 130, [STOP(null), NONE]],
  ])('%s: %s cleans up', async (name, signal, code, logged) => {
    const ran = await main(name, signal);
    expect([ran.code, ran.logged, ran.err]).toEqual([code, [...START, ['waits'], ...logged], '']);
  });
});

fullDescribe('the examples of docs/command-line.md', () => {
  const text = fs.readFileSync(path.join(ROOT, 'docs/command-line.md'), 'utf8');
  const blocks = [...text.matchAll(/^```\w+ file=(\S+)\n([\s\S]*?)^```$/gm)].map(([, name, source]) => [
    name!,
    source!,
  ]);

  test.each([
    ['check.js', /^users true 0 1\n[\s\S]*none-such false 1 0\n$/],
    ['serve.js', /^hello\n$/],
  ])('%s', (name, out) => {
    write({
      ...Object.fromEntries(blocks),
      'jest.config.js': PROJECT['jest.config.js'],
      'package.json': '{}',
    });
    const child = spawnSync(process.execPath, [name], { cwd: folder, encoding: 'utf8', env: environment() });
    expect([child.stdout, child.status]).toEqual([expect.stringMatching(out), 0]);
  });
});
