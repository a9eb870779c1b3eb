import { addPreset } from '../../../../src/cli/init/add-preset';
import { exportedObject, objectInJson } from '../../../../src/cli/init/config-object';

const inScript = (text: string): ReturnType<typeof addPreset> => addPreset(text, exportedObject(text), false);
const inJson = (text: string): ReturnType<typeof addPreset> => addPreset(text, objectInJson(text), true);

/** The text before, without the mark, and after. */
const added = (text: string): [string, string] => [text.replace(/«.*?»/s, ''), text.replace(/[«»]/g, '')];

test.each([
  ["module.exports = {« preset: 'jest-loop' »};"],
  ["module.exports = {« preset: 'jest-loop',» testTimeout: 1 };"],
  ["module.exports = {« preset: 'jest-loop', »a: 1};"],
  ["module.exports = {«\n  preset: 'jest-loop',»\n  a: 1,\n};"],
  ["module.exports = {«\r\n\tpreset: 'jest-loop',»\r\n\ta: 1,\r\n};"],
  ['module.exports = {«\n    preset: "jest-loop",»\n    a: "x",\n};'],
  ["module.exports = { // all of it«\n  preset: 'jest-loop',»\n  // Comment\n  a: 1\n};"],
  ["module.exports = {«\n  preset: 'jest-loop',»\n  // nothing yet\n};"],
  ["const config = {« preset: 'jest-loop',» a: 1 };\nmodule.exports = config;"],
  ["export default {« preset: 'jest-loop',» a: 1 };"],
  ["export default defineConfig({« preset: 'jest-loop',» a: 1 });"],
  ["module.exports = async () => ({« preset: 'jest-loop',» a: 1 });"],
  ["module.exports = () => { return {« preset: 'jest-loop',» a: 1 }; };"],
  [
    "import type { Config } from 'jest';\nconst config: Config = {«\n  preset: 'jest-loop',»\n  a: 1,\n};\nexport default config;",
  ],
  ["import { type Config } from 'jest';\nexport default {« preset: 'jest-loop',» a: 1 } satisfies Config;"],
  ["export default async (): Promise<Config> => ({« preset: 'jest-loop',» a: 1 });"],
])('adds the preset: %j', text => {
  const [before, after] = added(text);
  expect(inScript(before)).toEqual({ kind: 'added', text: after });
  expect(inScript(after)).toEqual({ kind: 'there' });
});

test.each([
  ['{« "preset": "jest-loop" »}'],
  ['{«\n  "preset": "jest-loop",»\n  "a": 1\n}\n'],
  ['{\n  «"preset": "jest-loop",\n  »"a": 1\n}'.replace('{\n  «', '{«\n  ').replace(',\n  »', ',»\n  ')],
])('adds it to JSON: %j', text => {
  const [before, after] = added(text);
  expect(inJson(before)).toEqual({ kind: 'added', text: after });
  expect(JSON.parse(after)).toHaveProperty('preset', 'jest-loop');
});

test.each([
  ["module.exports = { preset: 'ts-jest' };", 'it has the preset ts-jest'],
  ["module.exports = { preset: 'react-native' };", 'it has another preset'],
  ["module.exports = { testEnvironment: 'node' };", 'would replace that of jest-loop'],
  ["module.exports = { testEnvironment: 'jsdom' };", 'it has a testEnvironment'],
  ['module.exports = { ...base, a: 1 };', 'parts of it come from elsewhere'],
  ['module.exports = makeConfig({ a: 1 });', 'is not an object that it writes out'],
  ["module.exports = require('./base');", 'is not an object that it writes out'],
  ['export default createJestConfig(config);', 'is not an object that it writes out'],
  ['syntax error {', 'is not an object that it writes out'],
])('leaves to the user: %s', (text, why) => {
  expect(inScript(text)).toMatchObject({ kind: 'by-hand', why: expect.stringContaining(why) });
});

const TWO = 'Put the preset in its place, and name a file with the other two lines in testEnvironment';

test.each([
  ['ts-jest', 'node', 'testEnvironment that would replace', 'in the place of both', ["preset: 'jest-loop',"]],
  ['ts-jest', 'jsdom', 'and a testEnvironment', TWO, ["preset: 'jest-loop',", 'withLoop', 'jsdom']],
  [
    'react-native',
    'node',
    'the first in the place of its',
    'testEnvironment',
    ['environment', 'setup', 'runner'],
  ],
  [
    'react-native',
    './mine',
    'and a testEnvironment',
    'the other two',
    ['setup', 'runner', 'withLoop', './mine'],
  ],
])(
  'a preset %s beside a testEnvironment %s: advice about both',
  (preset, testEnvironment, why, how, lines) => {
    const outcome = inScript(`module.exports = ${JSON.stringify({ preset, testEnvironment })};`);
    expect(outcome).toMatchObject({
      kind: 'by-hand',
      why: expect.stringMatching(new RegExp(`${why}.*${how}`)),
      lines: lines.map(line => expect.stringContaining(line)),
    });
  },
);

test.each([
  ["module.exports = { preset: 'jest-loop' };"],
  ["module.exports = { ...require('jest-loop/jest-preset') };"],
  ["module.exports = { testEnvironment: 'jest-loop/environment', setupFilesAfterEnv: ['jest-loop/setup'] };"],
  ["module.exports = makeConfig({ preset: 'jest-loop' });"],
  ["module.exports = { preset: 'jest-loop', testEnvironment: './own-loop-environment' };"],
  ["module.exports = { preset: 'jest-loop', testEnvironment: '<rootDir>/own.js' };"],
  ["module.exports = { preset: 'jest-loop', testEnvironment: require.resolve('./own') };"],
  ["module.exports = { testEnvironment: 'node', ...require('jest-loop/jest-preset') };"],
])('is there already: %s', text => {
  expect(inScript(text)).toEqual({ kind: 'there' });
});

test.each([
  ["{ preset: 'jest-loop', testEnvironment: 'node' }", 'Put this line in its place'],
  ["{ testEnvironment: 'jest-environment-node', preset: 'jest-loop' }", 'Put this line in its place'],
  ["{ ...require('jest-loop/jest-preset'), testEnvironment: 'node' }", 'Put this line in its place'],
  ["{ setupFilesAfterEnv: ['jest-loop/setup'], testEnvironment: 'node' }", 'Put this line in its place'],
  ["{ preset: 'jest-loop', testEnvironment: 'jsdom' }", 'Name a file with these lines in it'],
])('is there, but replaced: %s', (config, how) => {
  expect(inScript(`module.exports = ${config};`)).toMatchObject({
    kind: 'by-hand',
    why: `it uses jest-loop, but its testEnvironment replaces that of jest-loop. ${how}`,
    lines: expect.arrayContaining([expect.stringContaining('jest-loop/environment')]),
  });
});

test('the lines for jsdom name its package', () => {
  const outcome = inScript("module.exports = { testEnvironment: 'jsdom' };");
  expect(outcome).toMatchObject({
    lines: expect.arrayContaining([expect.stringContaining('jest-environment-jsdom')]),
  });
});
