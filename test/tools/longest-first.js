'use strict';

const Sequencer = require('@jest/test-sequencer').default;

/** End-to-end tests first, and of these the golden projects: a clean clone has no times of an earlier run. */
const LONGEST = [/\/e2e\/projects\.test\.ts$/, /\/e2e\//, /\/properties\//];

/** Starts what takes longest first, so that no processor is idle at the end. */
module.exports = class extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const found = LONGEST.findIndex(pattern => pattern.test(path.replaceAll('\\', '/')));
      return found < 0 ? LONGEST.length : found;
    };
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
  }
};
