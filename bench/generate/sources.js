'use strict';

/** The results of `make` for 1 to `count`, as lines. */
const lines = (count, make) => Array.from({ length: count }, (_, i) => make(i + 1)).join('\n');

/** `count` test files with the same source. */
const testFiles = (count, source, extension = 'js') =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`file-${i + 1}.test.${extension}`, source]));

/** The configuration of jest-loop's projects. */
const PRESET = { preset: 'jest-loop' };

module.exports = { lines, testFiles, PRESET };
