'use strict';

const fs = require('node:fs');
const path = require('node:path');

const tests = path.resolve(__dirname, '..');
const sizes = path.join(tests, 'sizes.ts');

/** The test files that `npm test` runs at a smaller size, or not at all, as paths from the root of the repository. */
exports.testsOfTwoSizes = () => {
  const found = new Map();
  /** Whether a file imports `sizes.ts`, itself or through others. */
  const isSized = file => {
    if (file === sizes) return true;
    if (!found.has(file)) {
      // While it is being looked at: imports may form a circle.
      found.set(file, false);
      found.set(file, importsOf(file).some(isSized));
    }
    return found.get(file);
  };
  return fs
    .readdirSync(tests, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.test.ts') && !/^(projects|hosts|types)\b/.test(name))
    .filter(name => name.endsWith('.full.test.ts') || isSized(path.join(tests, name)))
    .map(name => path.join('test', name));
};

/** The files of `test/` that a file imports. */
function importsOf(file) {
  const text = fs.readFileSync(file, 'utf8');
  return [...text.matchAll(/\bfrom '(\.[^']*)'/g)]
    .map(([, name]) => `${path.resolve(path.dirname(file), name)}.ts`)
    .filter(found => found.startsWith(tests + path.sep) && fs.existsSync(found));
}
