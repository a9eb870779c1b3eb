import { FULL, fullTest } from '../sizes';
import { CASES, long, WORKERS } from './interrupt-cases';
import { interrupt } from './interrupted';
import { testInterrupts } from './interrupts';
import { lingers } from './settled';

// Windows knows no signals between processes.
const onUnix = process.platform === 'win32' ? describe.skip : describe;

const names = Object.keys(CASES).filter(name => FULL || CASES[name]!.small);
onUnix('Ctrl-C', () => testInterrupts(names));

onUnix('without Ctrl-C', () => {
  /** What happens in the file that is ended. */
  const ended = ['b finally', 'b afterEach', 'own down', 'b afterAll', 'block down', 'file down'];
  const wide = ['directory down', 'worker down'];
  const left = ['directory down', 'slow worker', 'worker down'];

  fullTest.concurrent('--bail ends a long test in another worker, with all its teardowns', async () => {
    const found = await interrupt({
      args: WORKERS,
      config: { bail: 1 },
      files: {
        'a.test.js': `
          const { readFileSync } = require('node:fs');
          test('a', async ({ own }) => {
            while (!readFileSync(process.env.LOG, 'utf8').includes('"b"'))
              await new Promise(resolve => setTimeout(resolve, 20));
            require('./events').say('a fails');
            throw new Error('bad luck');
          });`,
        'b.test.js': long('b').replace(/throw new Error.*?;/, ''),
      },
      strikes: [],
    });
    expect(lingers(found.output)).toBe(false);
    const { before: _before, ...rest } = found;
    const after = rest.after.slice(rest.after.indexOf('a fails') + 1);
    expect({ ...rest, after: [...after].sort() }).toEqual({
      code: 1,
      faults: [],
      after: ['own down', 'block down', 'file down', ...wide, ...ended, ...wide, 'session down'].sort(),
      output: expect.any(String),
      tests: expect.not.objectContaining({ 'b next': 'passed' }),
    });
  });

  fullTest.concurrent.each(['SIGTERM', 'SIGINT'] as const)(
    'a signal to a worker alone, %s, ends the run',
    async signal => {
      const passes = "test('passes', () => {});";
      const found = await interrupt({
        args: ['--maxWorkers=1', '--workerIdleMemoryLimit=2GB'],
        files: {
          'a.test.js': long('a').replace(
            'await sleep',
            `process.kill(process.pid, '${signal}'); await sleep`,
          ),
          ...Object.fromEntries(['b', 'c', 'd'].map(name => [`${name}.test.js`, passes])),
        },
        strikes: [],
      });
      expect([found.code, found.faults]).toEqual([130, []]);
      expect(found.output).toContain('Test run was interrupted.');
      expect(found.tests).toMatchObject({ 'a first': 'passed', 'a long': 'pending', 'a next': 'pending' });
    },
  );

  test.concurrent('workers whose main process was killed end by themselves, and tidy up', async () => {
    const found = await interrupt({
      args: WORKERS,
      env: { SLOW_DOWN: 'worker' },
      files: { 'a.test.js': long('a'), 'b.test.js': long('b') },
      strikes: [{ when: ['a', 'b'], signal: 'SIGKILL' }],
    });
    const { code, after, faults } = found;
    const all = [...ended, ...ended.map(event => event.replace(/^b /, 'a ')), ...left, ...left];
    expect({ code, after: [...after].sort() }).toEqual({ code: null, after: all.sort() });
    // It lived in the main process.
    expect(faults).toEqual([expect.stringMatching(/^session \S+ did not go down$/)]);
  });

  const MOMENTS = [
    ['is idle', ''],
    ['is ending a file', 'afterAll(() => new Promise(resolve => setTimeout(resolve, 200)));'],
  ] as const;
  fullTest.concurrent.each(MOMENTS)('so does one that %s', async (_name, rest) => {
    const found = await interrupt({
      args: WORKERS,
      env: { SLOW_DOWN: 'worker' },
      files: { 'a.test.js': `test('a', ({ own }) => {}); ${rest}`, 'b.test.js': long('b') },
      strikes: [{ when: ['b', 'file down'], signal: 'SIGKILL' }],
    });
    const { code, after, faults } = found;
    const all = [...ended, ...left, ...left];
    expect({ code, after: [...after].sort() }).toEqual({ code: null, after: all.sort() });
    expect(faults).toEqual([expect.stringMatching(/^session \S+ did not go down$/)]);
  });
});
