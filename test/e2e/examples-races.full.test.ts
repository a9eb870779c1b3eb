import * as fs from 'node:fs';
import * as path from 'node:path';
import { replays, unquoted } from './chaos';
import type { Report } from './report';
import { keepJest, ROOT, type RunOptions, runJest } from './run-jest';

keepJest();

/* The five races of `examples/races`: real time does not show them, `--races` does. */

const FOLDER = path.join(ROOT, 'examples/races');

/** For each program: a piece of the line that creates what goes first when it passes, and of the one when it fails. */
const LINES: Readonly<Record<string, readonly [passing: string, failing: string]>> = {
  account: ['resolve(balance)', 'resolve(account.deposit(5))'],
  autosave: ['await sleep(20);\n    disk.push', "await sleep(20);\n  autosave.type('Hello, world')"],
  cache: ['await new Promise(resolve => setTimeout(resolve, 20))', 'resolve(cache.get(1))'],
  client: ['soon(() => ({ ping', 'soon(() => client.close())'],
  prices: ['setTimeout(resolve, 10)', "this.emit('price', 42)"],
};

const run = (options: RunOptions): Report =>
  runJest(FOLDER, { ...options, args: ['--transform={}', ...(options.args ?? [])] });

/** The place of a piece of a program's test, as reports name it. */
function placeOf(name: string, piece: string): string {
  const file = `test/${name}.test.js`;
  const text = fs.readFileSync(path.join(FOLDER, file), 'utf8');
  const at = text.indexOf(piece);
  if (at < 0) throw new Error(`${piece} is not in ${file}`);
  return `${file}:${text.slice(0, at).split('\n').length}`;
}

const outcomes = (report: Report): Record<string, string> =>
  Object.fromEntries(
    Object.entries(report.files).flatMap(([file, { tests }]) =>
      tests.map(({ name, status }) => [
        `${path.basename(file, '.test.js')} ${/broken|fixed/.exec(name)![0]}`,
        status,
      ]),
    ),
  );

const names = Object.keys(LINES);
const both = (broken: string): Record<string, string> =>
  Object.fromEntries(
    names.flatMap(name => [
      [`${name} broken`, broken],
      [`${name} fixed`, 'passed'],
    ]),
  );

test('in real time each passes', () => {
  expect(outcomes(run({}))).toEqual(both('passed'));
});

describe('--races 100', () => {
  let report: Report;
  beforeAll(() => {
    report = run({ env: { JEST_LOOP_RACES: '100' } });
  });

  const failureOf = (name: string) => {
    const { tests } = report.files[`test/${name}.test.js`]!;
    return tests.find(({ status }) => status === 'failed')!;
  };

  test('finds each, and nothing in its fixed version', () => {
    expect(outcomes(report)).toEqual(both('failed'));
  });

  test.each(names)('names the two lines of %s', name => {
    const text = failureOf(name).raw.join('\n');
    const [passing, failing] = LINES[name]!;
    const lineOf = (kind: string): string => new RegExp(`^ *${kind}: (.*)$`, 'm').exec(text)?.[1] ?? text;
    expect(lineOf('passing')).toMatch(new RegExp(`\\b${placeOf(name, passing)}$`));
    expect(lineOf('failing')).toMatch(new RegExp(`\\b${placeOf(name, failing)}$`));
    expect(text).toContain('differs from real order at one step');
  });

  test.each(names)('%s fails the same way by its replay line', name => {
    const failure = failureOf(name);
    const [{ seed, pattern }] = replays(failure.raw.join('\n')) as [{ seed: string; pattern: string }];
    const env = { JEST_LOOP_BACKEND: 'chaos', JEST_LOOP_SEED: seed };
    const again = run({ env, args: ['-t', unquoted(pattern)] });
    const failed = Object.values(again.files).flatMap(({ tests }) =>
      tests.filter(({ status }) => status !== 'pending'),
    );
    expect(failed.map(each => [each.name, each.status, each.messages])).toEqual([
      [failure.name, 'failed', failure.messages],
    ]);
    expect(replays(again.output)).toEqual([{ seed, pattern }]);
  });
});

test('the fixed versions pass 1,000 seeds', () => {
  const report = run({
    env: { JEST_LOOP_RACES: '1000', JEST_LOOP_SEED: '1' },
    args: ['-t', 'fixed'],
    timeout: 300_000,
  });
  expect(Object.values(outcomes(report)).filter(status => status !== 'pending')).toEqual(
    names.map(() => 'passed'),
  );
}, 300_000);
