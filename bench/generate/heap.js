'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { BODY, PARAMETER, projects } = require('./fixtures');

// A collector that needs no flag, and a line with the heap's size after every `step` tests. Contexts that are
// done with, those of earlier files, take some turns to be let go.
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

// All tests are of one source: compiling each of thousands of functions when it is first called grows the heap
// as well, the more the longer its parameters, and would hide what is to be seen here.
const tests = (side, count) => `
for (let i = 0; i < ${count}; i++) {
  test('is open ' + i, async (${PARAMETER[side]}) => {${BODY}  await sample(); });
}
`;

/** The suite with fixtures, in which every `step`th test of a file notes how large the heap is. */
function heap(name, files, count, step) {
  return projects(name, files, count, side => sampler(step) + tests(side, count));
}

/** What one run has noted, as pairs: tests run so far, bytes. The next run starts afresh. */
function takeSizes({ dir }, step) {
  const file = path.join(dir, 'heap.txt');
  const sizes = fs.readFileSync(file, 'utf8').trim().split('\n').map(Number);
  fs.rmSync(file);
  return sizes.map((size, i) => [(i + 1) * step, size]);
}

module.exports = { heap, takeSizes };
