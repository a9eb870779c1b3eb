import { fullTest } from '../sizes';
import { LOG_JS } from './log-to-file';
import type { Report } from './report';
import { type RunOptions, runFiles, WORKERS } from './run-jest';

/*
 * What is tested of the backend `chaos` on each Jest: what it shuffles, its seeds, its replay line, and `--races`.
 */

/** The replay lines of a report: seed and pattern of each. */
export function replays(output: string): { seed: string; pattern: string }[] {
  const lines = output.matchAll(/Replay: jest-loop --loop-backend chaos --loop-seed (\d+) -t "(.*)"$/gm);
  return [...lines].map(([, seed, pattern]) => ({ seed: seed!, pattern: pattern! }));
}

/** The pattern as a shell passes it on. */
export function unquoted(pattern: string): string {
  return pattern.replace(/\\([\\"$`])/g, '$1');
}

/** Five timers due at one moment; the order in which they fire is logged, and fails the test if that is wanted. */
const shuffled = (name: string, fails = false): string => `
  test('${name}', async () => {
    const order = [];
    for (const letter of 'abcdefgh') setTimeout(() => order.push(letter), 10);
    await new Promise(done => setTimeout(done, 20));
    require('./log').log(${JSON.stringify(name)} + ': ' + order.join(''));
    ${fails ? "throw new Error('order ' + order.join(''));" : ''}
  });`;

/** The values of the lines \`name: value\` that were logged. */
function of(report: Report, name: string): string[] {
  const events = Object.values(report.files).flatMap(file => file.events);
  return events.flatMap(line => (line.startsWith(name) ? [line.slice(line.indexOf(': ') + 2)] : []));
}

function statuses(report: Report): Record<string, string> {
  const tests = Object.values(report.files).flatMap(file => file.tests);
  return Object.fromEntries(tests.map(({ name, status }) => [name, status]));
}

/** `shared`: for all runs, such as another Jest. */
export function testChaos(shared: RunOptions = {}): void {
  const run = (
    files: Readonly<Record<string, string>>,
    env: Readonly<Record<string, string>> = {},
    args: readonly string[] = [],
  ): Report => runFiles({ 'log.js': LOG_JS, ...files }, { ...shared, env, args });
  const onChaos = { JEST_LOOP_BACKEND: 'chaos' };

  test('any of what is ready may go first, but microtasks keep their order', () => {
    const report = run({
      'a.test.js': `
        const { log } = require('./log');
        const timers = require('node:timers/promises');
        const seeds = Array.from({ length: 60 }, (_, seed) => [seed]);
        const on = (seed, options) => ({ overrides: { loopBackend: ['chaos', { seed, ...options }] } });

        describe.each(seeds)('seed %i', seed => {
          test('ready', on(seed), async ({ eventLoop }) => {
            const order = [];
            const add = name => () => order.push(name);
            setTimeout(add('T'), 10);
            eventLoop.sleep(10).then(add('L'));
            timers.setTimeout(10).then(add('N'));
            await new Promise(done => setTimeout(() => {
              setImmediate(add('I'));
              eventLoop.callSoon(add('C'));
              eventLoop.createTask(add('K'));
              eventLoop.sleep(0).then(add('S'));
              timers.setImmediate().then(add('P'));
              setTimeout(done, 1);
            }, 20));
            log('ready: ' + order.join(''));
          });
          test('never', on(seed), async ({ eventLoop }) => {
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
            log('never: ' + order.join(' '));
          });
          test('window', on(seed, { window: 5 }), async () => {
            const order = [];
            const start = Date.now();
            for (const ms of [10, 13, 30]) setTimeout(() => order.push(ms + '@' + (Date.now() - start)), ms);
            await timers.setTimeout(100);
            log('window: ' + order.join(' '));
          });
        });`,
    });
    expect(report.output).not.toContain('●');
    const ready = of(report, 'ready');
    expect(ready).toHaveLength(60);
    expect(ready.filter(order => !/^[TLN]{3}[ICKSP]{5}$/.test(order))).toEqual([]);
    const at = (place: number): string => [...new Set(ready.map(order => order[place]!))].sort().join('');
    expect([at(0), at(3)]).toEqual(['LNT', 'CIKPS']);
    expect([...new Set(of(report, 'never'))]).toHaveLength(1);
    expect(of(report, 'never')[0]).toMatch(/early late$/);
    expect([...new Set(of(report, 'window'))].sort()).toEqual(['10@10 13@13 30@30', '13@13 10@13 30@30']);
  });

  test('a seed gives the same order alone, in the suite, with workers, and on each version of Node', () => {
    const files = {
      'a.test.js': `${shuffled('first') + shuffled('second')}
        test('mixed', async ({ eventLoop }) => {
          const order = [];
          const chain = async (letter, length) => {
            for (let at = 0; at < length; at++) {
              await (at % 3 ? new Promise(setImmediate) : eventLoop.sleep(at % 2));
              order.push(letter + at);
            }
          };
          const task = eventLoop.createTask(() => chain('c', 4));
          await Promise.all([chain('a', 5), chain('b', 6), task]);
          require('./log').log('mixed: ' + order.join(' '));
        });`,
      'b.test.js': `describe('in a block', () => {${shuffled('third')}});`,
    };
    const env = { ...onChaos, JEST_LOOP_SEED: '4711' };
    const names = ['first', 'second', 'third', 'mixed'];
    const orders = (report: Report): string[][] => names.map(name => of(report, name));
    const whole = orders(run(files, env));
    expect(whole).toEqual([
      ['edchfbga'],
      ['dabgcehf'],
      ['chebdgaf'],
      ['b0 a0 b1 b2 a1 a2 c0 c1 c2 b3 b4 b5 a3 a4 c3'],
    ]);
    expect(orders(run(files, env, WORKERS))).toEqual(whole);
    expect(orders(run(files, env, ['-t', 'second']))).toEqual([[], whole[1], [], []]);
    expect(orders(run(files, { ...env, JEST_LOOP_SEED: '4712' }))).not.toEqual(whole);
  });

  test('a failure ends with the line that replays it, in all workers with one seed, drawn for each run', () => {
    const odd = 'costs $5 (or "more") [a|b]';
    const files = {
      'a.test.js': shuffled('fails', true) + shuffled(odd, true) + shuffled('passes'),
      'b.test.js': `describe('in a block', () => {
        ${shuffled('fails, too', true)}
        test('text', async () => { throw 'a text'; });
        const shared = new Error('shared');
        test('one', async () => { throw shared; });
        test('another', async () => { throw shared; });
        test.failing('as expected', async () => { throw new Error('expected'); });
        test('late', { timeout: 50 }, () => new Promise(() => { setInterval(() => {}, 10); }));
      });`,
    };
    const first = run(files, onChaos, WORKERS);
    const failures = Object.values(first.files)
      .flatMap(file => file.tests)
      .filter(({ status }) => status === 'failed');
    expect(failures.map(({ name }) => name).sort()).toEqual(
      [
        'fails',
        odd,
        ...['fails, too', 'late', 'text', 'one', 'another'].map(name => `in a block ${name}`),
      ].sort(),
    );
    for (const { name, raw } of failures) {
      const last = raw.at(-1)!.trimEnd().split('\n').at(-1)!;
      const [replay] = replays(last);
      expect(replays(raw.join('\n'))).toHaveLength(1);
      expect([last, replay !== undefined]).toEqual([expect.stringMatching(/^\s*Replay: /), true]);
      expect(new RegExp(unquoted(replay!.pattern), 'i').test(name)).toBe(true);
      expect(first.output).toContain(last.trim());
    }
    const seeds = new Set(replays(first.output).map(({ seed }) => seed));
    expect(seeds.size).toBe(1);
    // The line alone, in a fresh process.
    const { seed, pattern } = replays(failures.find(({ name }) => name === odd)!.raw[0]!)[0]!;
    const again = run(files, { ...onChaos, JEST_LOOP_SEED: seed }, ['-t', unquoted(pattern)]);
    expect(Object.entries(statuses(again)).filter(([, status]) => status === 'failed')).toEqual([
      [odd, 'failed'],
    ]);
    expect(of(again, odd)).toEqual(of(first, odd));
    expect(replays(again.output)[0]).toEqual({ seed, pattern });
    // Another run draws another.
    expect(replays(run(files, onChaos).output)[0]!.seed).not.toBe(seed);
  });

  fullTest('a variant on chaos replays alone, by its name without the backend', () => {
    const body = `
      const order = [];
      for (const letter of 'abcdefgh') setTimeout(() => order.push(letter), 10);
      await new Promise(done => setTimeout(done, 20));
      require('./log').log(loopBackendName + ': ' + order.join(''));
      expect(order.join('')).toBe('abcdefgh');`;
    const args = '{ loopBackendName, kind }';
    const files = {
      'a.test.js': `
        fixture('kind', { params: ['x', 'y'] }, (_, { param }) => param);
        describe('several', () => {
          fixture('loopBackend', { params: ['node', ['chaos', { window: 3 }]], ids: ['node', 'chaos'] }, (_, { param }) => param);
          test('one', async (${args}) => {${body}});
        });
        describe('another', () => {
          test.override('loopBackend', 'virtual');
          test('two', async (${args}) => {${body}});
        });`,
    };
    const plain = run(files, { JEST_LOOP_SEED: '5' });
    const shown = statuses(plain);
    expect(Object.keys(shown).filter(name => shown[name] === 'failed')).toHaveLength(2);
    const patterns = replays(plain.output).map(({ pattern }) => unquoted(pattern));
    expect(patterns).toEqual(['several one \\[x\\]', 'several one \\[y\\]']);
    const again = run(files, { ...onChaos, JEST_LOOP_SEED: '5' }, ['-t', patterns[1]!]);
    expect(of(again, 'chaos')).toEqual([of(plain, 'chaos')[1]]);
    // The command line wins over what the project says.
    const forced = run(files, { ...onChaos, JEST_LOOP_SEED: '5' });
    expect(Object.keys(statuses(forced)).sort()).toEqual([
      'another two [x]',
      'another two [y]',
      'several one [chaos, x]',
      'several one [chaos, y]',
    ]);
    expect(of(forced, 'chaos')).toHaveLength(4);
    expect(of(forced, 'chaos').slice(0, 2)).toEqual(of(plain, 'chaos'));
    const races = run(files, { JEST_LOOP_RACES: '3', JEST_LOOP_SEED: '5' });
    expect(Object.keys(statuses(races)).sort()).toEqual(Object.keys(statuses(forced)).sort());
    expect(of(races, 'chaos').slice(0, 1)).toEqual(of(plain, 'chaos').slice(0, 1));
  });

  test('wrong options and variables are errors that say what is right', () => {
    const files = {
      'a.test.js': `
        const on = options => ({ overrides: { loopBackend: ['chaos', options] } });
        test('seed', on({ seed: -1 }), async () => {});
        test('window', on({ window: 'wide' }), async () => {});
        test('unknown', on({ sead: 1 }), async () => {});`,
    };
    const messages = (report: Report): string[] =>
      Object.values(report.files).flatMap(({ tests, errors }) => [
        ...errors,
        ...tests.flatMap(test => test.messages),
      ]);
    const [seed, window, unknown] = messages(run(files));
    expect(seed).toContain(
      'Expected option "seed" of the backend "chaos" to be a whole number from 0, got -1 (number).',
    );
    expect(window).toContain(
      '"window" of the backend "chaos" to be a number of milliseconds from 0, got "wide"',
    );
    expect(unknown).toContain('Unknown option "sead" of the backend "chaos".');
    for (const [variable, value, expected] of [
      ['JEST_LOOP_SEED', 'abc', 'a whole number from 0, got "abc"'],
      ['JEST_LOOP_RACES', '0', 'a whole number from 1, got "0"'],
    ] as const) {
      expect(messages(run(files, { [variable]: value })).join('\n')).toContain(
        `Expected option "${variable}" in the environment to be ${expected}`,
      );
    }
  });

  test('time limits are real, cancel, and name what is waited for; a stray error is its own test’s', () => {
    const report = run(
      {
        'a.test.js': `
          const { log } = require('./log');
          test('hangs', { timeout: 50 }, async ({ eventLoop, request }) => {
            setInterval(() => {}, 10);
            request.signal.addEventListener('abort', () => log('aborted'));
            try { await eventLoop.createFuture(); } finally { log('finally'); }
          });
          test('throws from a timer', async () => {
            setTimeout(() => { throw new Error('stray'); }, 10);
            await new Promise(done => setTimeout(done, 20));
          });
          test('a failing task', async ({ eventLoop }) => {
            eventLoop.createTask(async () => { throw new Error('of the task'); });
            await eventLoop.sleep(5);
          });
          test('cancels a task', async ({ eventLoop }) => {
            let ended = false;
            const task = eventLoop.createTask(async () => {
              try { await eventLoop.sleep(1000); } finally { ended = true; }
            });
            const never = eventLoop.createTask(() => log('never'));
            never.cancel();
            await eventLoop.sleep(5);
            task.cancel();
            await expect(task).rejects.toThrow('Cancelled');
            expect(ended).toBe(true);
          });
          test('passes', async () => {});`,
      },
      { ...onChaos, JEST_LOOP_SEED: '2' },
    );
    const { tests, events } = report.files['a.test.js']!;
    expect(
      tests.map(({ name, messages }) => [name, messages.map(message => message.split('\n')[0])]),
    ).toEqual([
      ['hangs', ['Took too long to complete: a.test.js:3 (timeout=50ms)']],
      ['throws from a timer', ['stray']],
      ['a failing task', ['of the task']],
      ['cancels a task', []],
      ['passes', []],
    ]);
    expect(events).toEqual(['aborted', 'finally']);
  });

  fullTest('{ seed } wins over the variable', () => {
    const files = {
      'jest.config.js': `module.exports = {
        preset: 'jest-loop',
        testEnvironmentOptions: { loop: { backend: ['chaos', { seed: 7 }] } },
      };`,
      'a.test.js': shuffled('one', true),
    };
    const report = run(files);
    expect(of(run(files, { JEST_LOOP_SEED: '8' }), 'one')).toEqual(of(report, 'one'));
    expect(replays(report.output)[0]).toEqual({ seed: '7', pattern: 'one' });
    expect(report.output).toContain('To replay it, set { seed: 7 }');
  });
}
