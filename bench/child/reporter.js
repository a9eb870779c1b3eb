'use strict';

const fs = require('node:fs');

/**
 * Runs inside the measured Jest, beside its default reporter, and records what only that process knows. It writes as
 * the process ends, so that all threads are included, the garbage collector's too.
 */
module.exports = class {
  constructor(_globalConfig, { output }) {
    this.files = [];
    this.tests = [];
    this.passed = 0;
    this.failed = 0;
    process.on('exit', () => {
      const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
      const { files, tests, passed, failed } = this;
      const cpu = (userCPUTime + systemCPUTime) / 1000;
      fs.writeFileSync(output, JSON.stringify({ cpu, maxRSS: maxRSS * 1024, files, tests, passed, failed }));
    });
  }

  onTestResult(_test, { perfStats, testResults, numPassingTests, numFailingTests }) {
    this.files.push(perfStats);
    this.passed += numPassingTests;
    this.failed += numFailingTests;
    // With thousands of tests, single times are useless and cost time.
    if (testResults.length <= 100) this.tests.push(...testResults.map(({ duration }) => duration));
  }
};
