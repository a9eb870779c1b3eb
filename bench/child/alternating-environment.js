'use strict';

const { appendFileSync } = require('node:fs');
const { performance } = require('node:perf_hooks');
const { TestEnvironment } = require('jest-loop/environment');

const STREAM = 'JEST_LOOP_STREAM';
const state = globalThis[Symbol.for('jest-loop.process')];
/** How many files this process has run. */
let files = 0;

/**
 * The environment of jest-loop, which hides the reader of events from every second file of a process: both kinds have
 * the same heap, the same compiled code and nearly the same moment. Records what each file takes.
 */
module.exports = class extends TestEnvironment {
  #file = ++files;
  #hidden;
  #cpu = process.cpuUsage();
  #begin = performance.now();
  #output;

  constructor(config, context) {
    super(config, context);
    this.#output = `${config.projectConfig.rootDir}/files.jsonl`;
    if (this.#file % 2 === 1) return;
    this.#hidden = { observer: state.observer, stream: process.env[STREAM] };
    state.observer = undefined;
    delete process.env[STREAM];
  }

  async teardown() {
    await super.teardown();
    const { user, system } = process.cpuUsage(this.#cpu);
    const wall = performance.now() - this.#begin;
    const seen = this.#hidden === undefined;
    if (!seen) {
      state.observer = this.#hidden.observer;
      process.env[STREAM] = this.#hidden.stream;
    }
    appendFileSync(
      this.#output,
      `${JSON.stringify({ pid: process.pid, seen, cpu: (user + system) / 1000, wall })}\n`,
    );
  }
};
