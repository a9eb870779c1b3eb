'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { performance } = require('node:perf_hooks');
const { ROOT } = require('./project');

const JEST = path.join(ROOT, 'node_modules/jest/bin/jest.js');

// Only what a program needs to run. Left out is whatever changes Jest, Node or this package: CI, FORCE_COLOR,
// NODE_OPTIONS, JEST_LOOP_…, and the many variables by which Jest picks a reporter.
const KEPT = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'LANG', 'SystemRoot', 'APPDATA', 'USERPROFILE'];
const ENV = Object.fromEntries(KEPT.filter(key => key in process.env).map(key => [key, process.env[key]]));

/**
 * CPU time in ms of all descendants of this process that have ended. Linux only, in steps of 10 ms.
 * https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
function cpuOfChildren() {
  if (process.platform !== 'linux') return undefined;
  const fields = fs.readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1).split(' ');
  const [cutime, cstime] = fields.slice(13, 15).map(Number);
  return (cutime + cstime) * 10;
}

/**
 * Runs a project once. Returns the wall time in ms, the CPU time of all its processes, and the results of the
 * reporter inside, including the CPU time of Jest's main process.
 */
function runOnce({ name, dir, output, tests, failing = 0, args = ['-i'], env = {} }) {
  fs.rmSync(output, { force: true });
  const whole = [JEST, ...args, '--silent', '--rootDir', dir];
  const before = cpuOfChildren();
  const started = performance.now();
  const child = spawnSync(process.execPath, whole, { cwd: dir, env: { ...ENV, ...env }, encoding: 'utf8' });
  const wall = performance.now() - started;
  const cpuOfAll = before === undefined ? undefined : cpuOfChildren() - before;
  const seen = fs.existsSync(output) ? JSON.parse(fs.readFileSync(output, 'utf8')) : undefined;
  const status = failing > 0 ? 1 : 0;
  if (child.status !== status || seen?.passed !== tests || seen.failed !== failing) {
    const count = seen === undefined ? 'none' : seen.passed;
    throw new Error(`${name}: ${count} of ${tests} tests passed, status ${child.status}\n${child.stderr}`);
  }
  return { wall, cpuOfAll, ...seen };
}

/** Runs the `main.js` of a project with plain Node. */
function runProgram({ name, dir }) {
  const child = spawnSync(process.execPath, ['main.js'], { cwd: dir, env: ENV, encoding: 'utf8' });
  if (child.status !== 0) throw new Error(`${name}: status ${child.status}\n${child.stderr}`);
}

/** The data that a run left in a file of its project. */
function readLeft({ dir }, file) {
  return JSON.parse(fs.readFileSync(path.join(dir, file), 'utf8'));
}

/** Counts the lines that runs of a project left in a file, and removes the file. */
function takeLines({ dir }, file) {
  const name = path.join(dir, file);
  const lines = fs.readFileSync(name, 'utf8').trim().split('\n').length;
  fs.rmSync(name);
  return lines;
}

/**
 * Runs projects in turn, so that a machine that slows down affects all of them. A first run of each fills its
 * transform cache and is not counted. Returns the runs of each.
 */
function measure(projects, rounds) {
  for (const project of projects) runOnce(project);
  const runs = projects.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, project] of projects.entries()) runs[i].push(runOnce(project));
  }
  return runs;
}

module.exports = { ENV, JEST, cpuOfChildren, measure, readLeft, runOnce, runProgram, takeLines };
