import * as path from 'node:path';
import { parseArguments } from '../../../src/cli/parse-arguments';

const CWD = path.resolve('/project');
const parse = (...args: string[]): ReturnType<typeof parseArguments> => parseArguments(args, CWD);
const inProject = (name: string): string => path.join(CWD, name);

test.each<[string[], Record<string, string | undefined>, string[]]>([
  [['--default-async-timeout', '100', 'a.test.js'], { DEFAULT_ASYNC_TIMEOUT: '100' }, ['a.test.js']],
  [['--default-async-timeout=Infinity'], { DEFAULT_ASYNC_TIMEOUT: 'Infinity' }, []],
  [['--defaultAsyncTimeout', '1.5'], { DEFAULT_ASYNC_TIMEOUT: '1.5' }, []],
  [['--loop-debug', 'a.test.js'], { DEBUG: '1' }, ['a.test.js']],
  [['--loop-debug=true'], { DEBUG: '1' }, []],
  [['--loop-debug=false'], { DEBUG: '0' }, []],
  [['--loop-debug', '--no-loop-debug'], { DEBUG: '0' }, []],
  [['--loop-scope', 'file'], { LOOP_SCOPE: 'file' }, []],
  [['--loop-scope=file', '--loop-scope', 'worker'], { LOOP_SCOPE: 'worker' }, []],
  [['--loop-backend', 'chaos'], { BACKEND: 'chaos' }, []],
  [['--loop-pool-size', '2'], { THREAD_POOL_SIZE: '2' }, []],
  [['--loop-seed', '4711'], { SEED: '4711' }, []],
  [['--races=100'], { RACES: '100' }, []],
  [['--fixtures'], { FIXTURES: '[]' }, []],
  [['--fixtures', 'db', 'cache', '-t', 'x'], { FIXTURES: '["db","cache"]' }, ['-t', 'x']],
  [['--fixtures', 'db', 'src/api', 'db'], { FIXTURES: '["db"]' }, ['src/api', 'db']],
  [['--fixtures', 'db', '-v', 'a.test.js'], { FIXTURES: '["db"]' }, ['--verbose', 'a.test.js']],
  [['-v', '--fixtures'], { FIXTURES: '[]' }, ['--verbose']],
  [['-v'], {}, ['-v']],
  [['--fixtures', 'a.test.js'], { FIXTURES: '[]' }, ['a.test.js']],
  [['--fixtures=db,cache', 'users'], { FIXTURES: '["db","cache"]' }, ['users']],
  [['--fixtures', 'db', '--fixtures', 'ärger', '$1'], { FIXTURES: '["db","ärger","$1"]' }, []],
  [['--fixtures', 'db', '--', 'users'], { FIXTURES: '["db"]' }, ['--', 'users']],
  [['-v', '--fixtures', 'db'], { FIXTURES: '["db"]' }, ['--verbose']],
  [['--durations', '-v'], { DURATIONS: '10' }, ['-v']],
  [['--setup-show'], { SETUP_SHOW: '1' }, []],
  [['--setup-plan', '--no-setup-plan'], { SETUP_PLAN: undefined }, []],
  [['--durations', '5', 'a.test.js'], { DURATIONS: '5' }, ['a.test.js']],
  [['--durations', 'a.test.js'], { DURATIONS: '10' }, ['a.test.js']],
  [['--durations=3'], { DURATIONS: '3' }, []],
  [['--timeline'], { TIMELINE: inProject('jest-loop-timeline.html') }, []],
  [['--timeline', 'out/run.json', 'a.test.js'], { TIMELINE: inProject('out/run.json') }, ['a.test.js']],
  [['--timeline', 'a.test.js'], { TIMELINE: inProject('jest-loop-timeline.html') }, ['a.test.js']],
  [['--timeline=a page'], { TIMELINE: inProject('a page') }, []],
])('%j', (args, env, jest) => {
  const variables = Object.entries(env).map(([name, value]) => [`JEST_LOOP_${name}`, value]);
  expect(parse(...args)).toMatchObject({
    env: Object.fromEntries(variables),
    jest,
    help: false,
    init: false,
  });
});

test('everything else stays as it is, in its order', () => {
  const args = [
    '-it',
    'adds',
    '--ci',
    '--config={"a":1}',
    '-w=2',
    '-t=a-b',
    'a.test.js',
    '--',
    '--loop-debug',
    '-x',
  ];
  expect(parse(...args)).toEqual({ jest: args, env: {}, flags: [], help: false, init: false });
  expect(parse('--loop', '--loop-', '-loop-debug', '--Durations').jest).toHaveLength(4);
});

test.each([
  [['--loop-debug', '-t', 'x', 'b']],
  [['-t', 'x', '--loop-debug', 'b']],
  [['-t', 'x', 'b', '--loop-debug']],
  [['-t', 'x', '--loop-scope', 'file', 'b']],
])('before and after the arguments of Jest: %j', args => {
  const { jest } = parse(...args);
  expect(jest.filter(arg => arg !== '--')).toEqual(['-t', 'x', 'b']);
});

test('-v is --verbose where fixtures are listed', () => {
  expect(parse('--fixtures', 'db', '-v', 'a.test.js').jest).toEqual(['--verbose', 'a.test.js']);
  expect(parse('-v', '--fixtures').jest).toEqual(['--verbose']);
  expect(parse('-v', '--setup-show').jest).toEqual(['-v']);
});

test('a flag of ours ends a list of Jest', () => {
  expect(parse('--projects', 'a', 'b', '--loop-debug', 'c', '--ci').jest).toEqual([
    '--projects',
    'a',
    'b',
    '--ci',
    '--',
    'c',
  ]);
});

test('flags that are on, help and init', () => {
  expect(parse('--loopDebug', '--setup-show=false', '--durations').flags).toEqual([
    '--loop-debug',
    '--durations',
  ]);
  expect(parse('a', '-h').help).toBe(true);
  expect(parse('--help').help).toBe(true);
  expect(parse('--init').init).toBe(true);
});

test.each([
  [['--loop-scope', 'fil'], 'one of "test", "describe", "file", "directory", "worker", got "fil"'],
  [['--loop-scope', 'session'], 'got "session"'],
  [['--loop-scope', 'module'], 'write "file"'],
  [['--loop-scope'], 'got none'],
  [['--loop-scope', '--ci'], 'got none'],
  [['--loop-debug=yes'], 'one of "true", "false", got "yes"'],
  [['--default-async-timeout', '0'], 'greater than 0, or Infinity, got "0"'],
  [['--default-async-timeout', 'a.test.js'], 'got "a.test.js"'],
  [['--default-async-timeout='], 'got ""'],
  [['--loop-pool-size', '1.5'], 'a whole number from 1, got "1.5"'],
  [['--loop-seed', '-5'], 'a whole number from 0, got "-5"'],
  [['--loop-seed=1e99'], 'a whole number from 0, got "1e99"'],
  [['--races', '0'], 'a whole number from 1, got "0"'],
  [['--durations=all'], 'a whole number from 1, got "all"'],
  [['--timeline='], 'the path of a file, got ""'],
  [['--loop-backend='], 'the name of a backend, got ""'],
  [['--loop-bakend=x'], 'write --loop-backend.'],
  [['--loop-x'], 'Flags of jest-loop: --default-async-timeout, --loop-debug'],
  [['--fixtures=db,'], 'names, separated by commas, got "db,"'],
])('%j is an error', (args, message) => {
  expect(() => parse(...args)).toThrow(
    expect.objectContaining({ code: 'ERR_OPTION_INVALID', message: expect.stringContaining(message) }),
  );
});
