'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { performance } = require('node:perf_hooks');
const { ROOT } = require('./project');

const JEST = path.join(ROOT, 'node_modules/jest/bin/jest.js');

// What a program needs to run, and nothing that makes Jest, Node or this package behave differently: CI,
// FORCE_COLOR, NODE_OPTIONS, JEST_LOOP_…, and the many by which Jest picks another reporter.
const KEPT = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'LANG', 'SystemRoot', 'APPDATA', 'USERPROFILE'];
const ENV = Object.fromEntries(KEPT.filter(key => key in process.env).map(key => [key, process.env[key]]));

/** Runs a project once, in band. Gives wall and CPU time in ms, and what the reporter inside has seen. */
function runOnce({ name, dir, output, tests, failing = 0 }) {
  fs.rmSync(output, { force: true });
  const args = [JEST, '-i', '--silent', '--rootDir', dir];
  const started = performance.now();
  const child = spawnSync(process.execPath, args, { cwd: dir, env: ENV, encoding: 'utf8' });
  const wall = performance.now() - started;
  const seen = fs.existsSync(output) ? JSON.parse(fs.readFileSync(output, 'utf8')) : undefined;
  const status = failing > 0 ? 1 : 0;
  if (child.status !== status || seen?.passed !== tests || seen.failed !== failing) {
    const count = seen === undefined ? 'none' : seen.passed;
    throw new Error(`${name}: ${count} of ${tests} tests passed, status ${child.status}\n${child.stderr}`);
  }
  return { wall, ...seen };
}

/** Runs the `main.js` of a project with Node alone. */
function runProgram({ name, dir }) {
  const child = spawnSync(process.execPath, ['main.js'], { cwd: dir, env: ENV, encoding: 'utf8' });
  if (child.status !== 0) throw new Error(`${name}: status ${child.status}\n${child.stderr}`);
}

/** What a run has left in a file of its project. */
function readLeft({ dir }, file) {
  return JSON.parse(fs.readFileSync(path.join(dir, file), 'utf8'));
}

/**
 * Runs projects in turn, so that a machine that slows down does so for all of them, after one run of each that
 * is not counted and fills its transform cache. Gives the runs of each.
 */
function measure(projects, rounds) {
  for (const project of projects) runOnce(project);
  const runs = projects.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, project] of projects.entries()) runs[i].push(runOnce(project));
  }
  return runs;
}

module.exports = { measure, readLeft, runOnce, runProgram };
