'use strict';

const fs = require('node:fs');

/**
 * Runs inside the measured Jest, beside its default reporter, and writes what only that process knows. As the
 * process ends, so that nothing of it is left out; all threads are in it, the garbage collector's too.
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
    // Of a suite with thousands of tests the times of each are of no use, and would cost something.
    if (testResults.length <= 100) this.tests.push(...testResults.map(({ duration }) => duration));
  }
};
