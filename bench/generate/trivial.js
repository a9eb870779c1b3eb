'use strict';

const { writeProject } = require('../project');
const { TWO_WORKERS } = require('./shared');
const { lines, testFiles, PRESET } = require('./sources');

const source = (tests, type = '') =>
  lines(tests, i => `test('adds ${i}', () => { const one${type} = 1; expect(${i} + one).toBe(${i + 1}); });`);

const tsconfig = { target: 'es2022', module: 'commonjs', moduleResolution: 'node10', isolatedModules: true };

// For each kind of project: the names and sources of its files, and the configuration that plain Jest needs.
const KINDS = {
  // Only Jest: a Babel configuration keeps out ts-jest, which is installed in this repository.
  babel: { packageJson: { babel: {} } },
  javascript: {},
  typescript: {
    extension: 'ts',
    type: ': number',
    config: { transform: { '\\.ts$': ['ts-jest', { diagnostics: false, tsconfig }] } },
  },
};

/** Files of trivial tests, plain and with only the preset. `more` goes to `writeProject`. */
function trivial(name, files, tests, kind = 'babel', more = {}) {
  const { packageJson, extension, type, config } = KINDS[kind];
  const project = {
    files: testFiles(files, source(tests, type), extension),
    tests: files * tests,
    packageJson,
    ...more,
  };
  return [
    writeProject(`${name}-plain`, { ...project, config }),
    writeProject(`${name}-loop`, { ...project, config: PRESET }),
  ];
}

/** The same files with the preset on two workers: Jest's runner and the preset's. */
function runners(name, files, tests) {
  const project = {
    files: testFiles(files, source(tests)),
    tests: files * tests,
    packageJson: { babel: {} },
    args: TWO_WORKERS,
  };
  return [
    writeProject(`${name}-jest-runner`, { ...project, config: { ...PRESET, runner: 'jest-runner' } }),
    writeProject(`${name}-runner`, { ...project, config: PRESET }),
  ];
}

module.exports = { runners, trivial };
