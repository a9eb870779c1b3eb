import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { runBundle, saveCode } from '../../../../../src/jest/process/compiled/load-code';
import { FUNCTION_START } from '../../../../../src/jest/process/compiled/module-function';
import { jestState } from '../../../../../src/jest/process/jest-state';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jest-loop-code-'));
const bundle = path.join(folder, 'bundle.js');
const kept = path.join(folder, 'cache', 'kept');

beforeEach(() => {
  fs.rmSync(kept, { recursive: true, force: true });
  fs.writeFileSync(bundle, 'exports.at = __filename; exports.folder = __dirname; exports.of = require;');
  jestState.codeFolder = kept;
  forget();
});
afterAll(() => {
  jestState.codeFolder = undefined;
  forget();
  fs.rmSync(folder, { recursive: true });
});

/** As in a new process. */
function forget(): void {
  jestState.scripts.clear();
  jestState.unsaved.clear();
}

const load = (): object => runBundle(bundle, script => script.runInThisContext());
const saved = (): string[] => (fs.existsSync(kept) ? fs.readdirSync(kept) : []);

test('a bundle runs as a CommonJS module, afresh each time', () => {
  expect(load()).toEqual({ at: bundle, folder, of: expect.any(Function) });
  expect(load()).not.toBe(load());
});

test('a bundle that is built as a function does the same, and keeps its lines', () => {
  const text = fs.readFileSync(bundle, 'utf8');
  fs.writeFileSync(bundle, `${FUNCTION_START}${text}\nexports.stack = new Error().stack;\n})\n`);
  expect(load()).toEqual({
    at: bundle,
    folder,
    of: expect.any(Function),
    stack: expect.stringContaining(`${bundle}:2:`),
  });
});

test('the engine is built as a function', () => {
  const engine = path.join(__dirname, '../../../../../node_modules/jest-loop/build/entries/engine.js');
  expect(fs.readFileSync(engine, 'utf8').slice(0, FUNCTION_START.length)).toBe(FUNCTION_START);
});

test('its code is kept for later processes, which do not write it again', () => {
  load();
  expect(saved()).toEqual([]);
  saveCode();
  expect(saved()).toEqual([expect.stringMatching(/^jest-loop-bundle-[0-9a-f]{40}$/)]);
  forget();
  expect(load()).toMatchObject({ at: bundle });
  expect(jestState.unsaved.size).toBe(0);
});

test('code of another text is not used, though it is as long', () => {
  load();
  saveCode();
  forget();
  fs.writeFileSync(bundle, fs.readFileSync(bundle, 'utf8').replace('__filename', '__dirname '));
  expect(load()).toMatchObject({ at: folder });
  saveCode();
  expect(saved()).toHaveLength(2);
});

test('each of two copies in one cache directory has its own path in stacks', () => {
  const text = 'exports.stack = () => new Error("x").stack;';
  const copies = ['a', 'b'].map(name => path.join(folder, `${name}-copy.js`));
  for (const copy of copies) fs.writeFileSync(copy, text);
  for (const copy of copies) {
    const { stack } = runBundle(copy, script => script.runInThisContext()) as { stack(): string };
    expect(stack()).toContain(`(${copy}:1:`);
    saveCode();
  }
  expect(saved()).toHaveLength(2);
});

test.each([
  ['cut short', (whole: Buffer) => whole.subarray(0, whole.length / 2)],
  ['empty', () => Buffer.alloc(0)],
  ['changed', (whole: Buffer) => whole.fill(7, 100, 140)],
])('a file that is %s is written again', (_, damage) => {
  load();
  saveCode();
  const file = path.join(kept, saved()[0]!);
  const whole = fs.readFileSync(file);
  fs.writeFileSync(file, damage(Buffer.from(whole)));
  forget();
  expect(load()).toMatchObject({ at: bundle });
  saveCode();
  expect(fs.readFileSync(file)).not.toEqual(damage(Buffer.from(whole)));
  // A later process takes it. Its length may differ: V8 forgets compiled code that it has not run for a while.
  forget();
  load();
  expect(jestState.unsaved.size).toBe(0);
});

test('without a directory nothing is kept, and one that cannot be written to does not matter', () => {
  jestState.codeFolder = undefined;
  load();
  expect(jestState.unsaved.size).toBe(0);
  jestState.codeFolder = path.join(bundle, 'is a file');
  forget();
  load();
  saveCode();
  expect(jestState.unsaved.size).toBe(0);
  expect(fs.readdirSync(folder).filter(name => name.startsWith('jest-loop-'))).toEqual([]);
});

test('a directory where none can be made does not matter either', () => {
  // Node's own way to make it would never return.
  jestState.codeFolder = '/proc/jest-loop/kept';
  load();
  saveCode();
  expect(fs.existsSync('/proc/jest-loop')).toBe(false);
});

test('a draft that cannot take its place is removed', () => {
  load();
  const [file] = jestState.unsaved.keys();
  fs.mkdirSync(file!, { recursive: true });
  saveCode();
  expect(saved()).toEqual([path.basename(file!)]);
});
