'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { BODY, PARAMETER, projects } = require('./fixtures');

// Collects without a flag, and records the heap size after every `step` tests. Contexts of earlier files take some
// turns to be released.
const sampler = step => `
const fs = require('node:fs');
const path = require('node:path');
require('node:v8').setFlagsFromString('--expose-gc');
const gc = require('node:vm').runInNewContext('gc');
let count = 0;
async function sample() {
  count++;
  if (count % ${step} !== 0) return;
  for (let i = 0; i < 5; i++) {
    gc();
    await new Promise(resolve => setTimeout(resolve, 5));
  }
  fs.appendFileSync(path.join(__dirname, 'heap.txt'), process.memoryUsage().heapUsed + '\\n');
}
`;

// All tests share one source: compiling thousands of functions on their first call grows the heap as well, more so
// with long parameters, and would hide the effect measured here.
const tests = (side, count) => `
for (let i = 0; i < ${count}; i++) {
  test('is open ' + i, async (${PARAMETER[side]}) => {${BODY}  await sample(); });
}
`;

/** The suite with fixtures, in which every `step`th test of a file records the heap size. `more` goes to `writeProject`. */
function heap(name, files, count, step, more) {
  return projects(name, files, count, side => sampler(step) + tests(side, count), more);
}

/** The records of one run, as pairs: tests so far, bytes. The next run starts afresh. */
function takeSizes({ dir }, step) {
  const file = path.join(dir, 'heap.txt');
  const sizes = fs.readFileSync(file, 'utf8').trim().split('\n').map(Number);
  fs.rmSync(file);
  return sizes.map((size, i) => [(i + 1) * step, size]);
}

module.exports = { heap, takeSizes };
