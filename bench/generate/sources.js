'use strict';

/** `count` times what `make` gives for 1, 2, 3 …, as lines. */
const lines = (count, make) => Array.from({ length: count }, (_, i) => make(i + 1)).join('\n');

/** `count` test files of one source. */
const testFiles = (count, source, extension = 'js') =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`file-${i + 1}.test.${extension}`, source]));

/** What jest-loop's projects have in their configuration. */
const PRESET = { preset: 'jest-loop' };

module.exports = { lines, testFiles, PRESET };
