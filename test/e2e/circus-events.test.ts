import { describeReport } from './describe-report';
import { keepJest, runFiles } from './run-jest';

keepJest();

/*
 * Circus calls its handlers several times for each test. The package takes out what only costs time: no class that
 * handles events may notice, and no hook that does something.
 */

const TESTS = `
  beforeAll(() => {});
  afterEach(() => {});
  test('one', () => {});
  test('two', async () => { await null; });
  describe('block', () => { beforeEach(() => {}); test.skip('three', () => {}); test('four', () => {}); });`;

const NODE = "const { TestEnvironment } = require('jest-environment-node');";
const RECORD = `
  const record = (global, { name, hook, test }) => (global.events ??= []).push([name, hook?.type, test?.name].join(' '));
  const print = (global, { name }) => { if (name === 'run_finish') console.log(global.events.join('\\n')); };`;
const HANDLER = 'handleTestEvent(event) { record(this.global, event); print(this.global, event); }';

test.each([
  [
    'a class that extends ours',
    `const { TestEnvironment } = require('jest-loop/environment'); ${RECORD}
     module.exports = class extends TestEnvironment {
       async handleTestEvent(event, state) {
         record(this.global, event);
         await super.handleTestEvent(event, state);
         print(this.global, event);
       }
     };`,
  ],
  [
    'a class below ours',
    `${NODE}${RECORD} module.exports = require('jest-loop/environment').withLoop(class extends TestEnvironment { ${HANDLER} });`,
  ],
  [
    'a class below ours, in a property',
    `${NODE}${RECORD} module.exports = require('jest-loop/environment').withLoop(class extends TestEnvironment {
       handleTestEvent = event => { record(this.global, event); print(this.global, event); };
     });`,
  ],
])('%s sees the same events as with plain Jest', (_, environment) => {
  const [plain, ours] = [
    ['{', `${NODE}${RECORD} module.exports = class extends TestEnvironment { ${HANDLER} };`],
    ["{ preset: 'jest-loop',", environment],
  ].map(
    ([config, code]) =>
      runFiles({
        'jest.config.js': `module.exports = ${config} testEnvironment: '<rootDir>/env.js' };`,
        'env.js': code!,
        'a.test.js': TESTS,
      }).output,
  );
  const events = (output: string): string[] => output.match(/^ *\w+_\w+ .*/gm) ?? [];
  expect(events(ours!)).toEqual(events(plain!));
  expect(events(ours!).filter(each => each.includes('hook_start beforeEach'))).toHaveLength(4);
});

// The handler comes too late to be seen by the package, and sees the second test.
const WATCHED = `
  let hooks = 0;
  test('first', () => {
    globalThis[Symbol.for('EVENT_HANDLERS')].push(({ name }) => { if (name === 'hook_start') hooks++; });
  });`;

const DUTIES: readonly (readonly [option: string, before: string, after: string])[] = [
  ['clearMocks', 'const fn = jest.fn(() => 1); fn();', 'expect(fn).not.toHaveBeenCalled();'],
  ['resetMocks', 'const fn = jest.fn(() => 1);', 'expect(fn()).toBeUndefined();'],
  [
    'restoreMocks',
    "const spy = jest.spyOn(Math, 'random').mockReturnValue(7);",
    'expect(Math.random()).not.toBe(7);',
  ],
  ['resetModules', "const seen = require('./module');", "expect(require('./module')).not.toBe(seen);"],
];

test("Jest's own hook runs where the configuration gives it something to do, and only there", () => {
  const ended = describeReport(
    runFiles({
      'jest.config.js': `module.exports = { projects: ${JSON.stringify([
        ...DUTIES.map(([option]) => ({
          displayName: option,
          preset: 'jest-loop',
          testMatch: [`<rootDir>/${option}.test.js`],
          [option]: true,
        })),
        { displayName: 'idle', preset: 'jest-loop', testMatch: ['<rootDir>/idle.test.js'] },
      ])} };`,
      'module.js': 'module.exports = {};',
      ...Object.fromEntries(
        DUTIES.map(([option, before, after]) => [
          `${option}.test.js`,
          `${before}${WATCHED} test('second', () => { ${after} expect(hooks).toBe(1); });`,
        ]),
      ),
      'idle.test.js': `${WATCHED} test('second', () => { expect(hooks).toBe(0); });`,
    }),
  );
  expect(ended.match(/✓ second/g)).toHaveLength(DUTIES.length + 1);
  expect(ended).not.toContain('✕');
});

// Counts the turns of the microtask queue between the bodies of two tests.
const TURNS = `
  let turns = 0, counting = true;
  const count = () => { turns++; if (counting) Promise.resolve().then(count); };
  test('first', () => { count(); });
  test('second', () => { counting = false; console.log('turns: ' + turns); });`;

test('a test takes as many turns of the microtask queue as with plain Jest, and fewer without the hook', () => {
  const turns = (config: object): number => {
    const { output } = runFiles({
      'jest.config.js': `module.exports = ${JSON.stringify(config)};`,
      'a.test.js': TURNS,
    });
    return Number(/turns: (\d+)/.exec(output)?.[1]);
  };
  const plain = turns({});
  expect(plain).toBeGreaterThan(10);
  expect(turns({ clearMocks: true })).toBe(plain);
  expect(turns({ clearMocks: true, preset: 'jest-loop' })).toBe(plain);
  expect(turns({ preset: 'jest-loop' })).toBeLessThan(plain);
});

test('a file with nothing to tear down ends without a turn of the event loop, and loses no rejection', () => {
  const files = (base: string): Record<string, string> => ({
    'env.js': `
      const Base = ${base};
      module.exports = class extends Base {
        async handleTestEvent(event, state) {
          await super.handleTestEvent?.(event, state);
          if (event.name === 'test_done') setImmediate(() => { this.turned = true; });
        }
        async teardown() {
          console.log('turned: ' + this.turned);
          await super.teardown();
        }
      };`,
    'passes.test.js': "test('passes', async () => { await null; });",
    'fails.test.js': "test('leaves a rejection', () => { Promise.reject(new Error('of the last test')); });",
  });
  const run = (file: string, base: string, config: object) =>
    runFiles(
      {
        ...files(base),
        'jest.config.js': `module.exports = ${JSON.stringify({ testEnvironment: '<rootDir>/env.js', ...config })};`,
      },
      { args: ['-i', file] },
    );
  const ours = "require('jest-loop/environment').TestEnvironment";
  const plain = run('passes', "require('jest-environment-node').TestEnvironment", {});
  expect(plain.output).toContain('turned: undefined');
  expect(run('passes', ours, { preset: 'jest-loop' }).output).toContain('turned: undefined');
  const failed = run('fails', ours, { preset: 'jest-loop' });
  expect(failed.code).toBe(1);
  expect(failed.output).toContain('of the last test');
});
