import { type RunOptions, runFiles } from './run-jest';

/*
 * What is tested of the backend `chaos` on each Jest: its order, its seeds, its replay line, and `--races`.
 */

const WORKERS = ['--maxWorkers=2', '--workerIdleMemoryLimit=2GB'];
const config =
  "module.exports = { preset: 'jest-loop', testEnvironmentOptions: { loop: { backend: 'chaos' } } };";

/** The lines `name: value` that a file logged, by name. */
function logged(events: readonly string[]): Record<string, string> {
  return Object.fromEntries(events.map(line => line.split(': ') as [string, string]));
}

/** The replay lines of a report: seed and pattern of each. */
export function replays(output: string): { seed: string; pattern: string }[] {
  const lines = output.matchAll(/Replay: jest-loop --loop-backend chaos --loop-seed (\d+) -t "(.*)"$/gm);
  return [...lines].map(([, seed, pattern]) => ({ seed: seed!, pattern: pattern! }));
}

const LOG = `
  const { appendFileSync } = require('node:fs');
  const path = require('node:path');
  exports.log = text => {
    const { testPath } = expect.getState();
    const file = path.join(process.env.JEST_LOOP_EVENTS, 'files', path.relative('/', testPath));
    require('node:fs').mkdirSync(path.dirname(file), { recursive: true });
    appendFileSync(file, text + '\\n');
  };`;

export function testChaos(options: RunOptions = {}): void {
  const run = (files: Record<string, string>, more: RunOptions = {}) =>
    runFiles({ 'jest.config.js': config, 'log.js': LOG, ...files }, { ...options, ...more });

  test('what is shuffled, and what never is', () => {
    const { files, output } = run({
      'a.test.js': `
        const { log } = require('./log');
        const timers = require('node:timers/promises');
        const seeds = Array.from({ length: 60 }, (_, seed) => [seed]);
        const onSeed = (seed, options) => ['chaos', { seed, ...options }];

        describe.each(seeds)('seed %i', seed => {
          test('ready', { overrides: { loopBackend: onSeed(seed) } }, async ({ eventLoop }) => {
            const order = [];
            const add = name => () => order.push(name);
            setTimeout(add('T'), 10);
            setTimeout(add('U'), 10);
            await new Promise(done => setTimeout(() => {
              setImmediate(add('I'));
              eventLoop.callSoon(add('C'));
              eventLoop.createTask(add('K'));
              eventLoop.sleep(0).then(add('S'));
              timers.setImmediate().then(add('P'));
              setTimeout(done, 1);
            }, 20));
            log('ready ' + seed + ': ' + order.join(''));
          });
          test('never', { overrides: { loopBackend: onSeed(seed) } }, async () => {
            const order = [];
            const add = name => () => order.push(name);
            setTimeout(add('late'), 11);
            setTimeout(add('early'), 10);
            queueMicrotask(add('a'));
            process.nextTick(add('tick'));
            Promise.resolve().then(add('b')).then(add('c'));
            await null;
            order.push('d');
            await (async () => { await null; order.push('e'); })();
            await timers.setTimeout(50);
            log('never ' + seed + ': ' + order.join(' '));
          });
          test('window', { overrides: { loopBackend: onSeed(seed, { window: 5 }) } }, async () => {
            const order = [];
            const start = Date.now();
            for (const ms of [10, 13, 30]) setTimeout(() => order.push(ms + '@' + (Date.now() - start)), ms);
            await timers.setTimeout(100);
            log('window ' + seed + ': ' + order.join(' '));
          });
        });`,
    });
    expect(output).not.toContain('●');
    const lines = logged(files['a.test.js']!.events);
    const of = (name: string): string[] =>
      Object.keys(lines)
        .filter(key => key.startsWith(name))
        .map(key => lines[key]!);
    const ready = of('ready');
    expect(ready).toHaveLength(60);
    expect(ready.every(order => /^[TU]{2}[ICKSP]{5}$/.test(order))).toBe(true);
    const first = (orders: readonly string[], at: number): string =>
      [...new Set(orders.map(order => order[at]!))].sort().join('');
    expect([first(ready, 0), first(ready, 2)]).toEqual(['TU', 'CIKPS']);
    expect(new Set(of('never'))).toEqual(new Set(['tick a b d c e early late']));
    expect(new Set(of('window'))).toEqual(new Set(['10@10 13@13 30@30', '13@13 10@13 30@30']));
  });
}

void WORKERS;
