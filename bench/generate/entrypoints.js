'use strict';

const { writeProject } = require('../project');
const { lines, testFiles, PRESET } = require('./sources');

const source = (tests, parameter) =>
  lines(tests, i => `test('adds ${i}', async (${parameter}) => { expect(${i} + 1).toBe(${i + 1}); });`);

/**
 * The same tests, each beside a fixture of its own that does nothing; and beside another one that has a teardown, or an
 * entrypoint that has no services.
 */
function entrypoints(name, files, tests) {
  const before = [
    "fixture('nothing', () => undefined);",
    "fixture('ends', (_, { onCleanup }) => onCleanup(() => {}));\n",
  ].join('\n');
  const projectOf = parameter => ({
    files: testFiles(files, before + source(tests, parameter)),
    tests: files * tests,
    packageJson: { babel: {} },
    config: PRESET,
  });
  return [
    writeProject(`${name}-without`, projectOf('{ nothing }')),
    writeProject(`${name}-ends`, projectOf('{ nothing, ends }')),
    writeProject(`${name}-entrypoint`, projectOf('{ nothing, entrypoint }')),
  ];
}

module.exports = { entrypoints };
