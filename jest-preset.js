'use strict';

// From these lines Node knows what an ES module can import by name. The order is that of the preset.
exports.testEnvironment = undefined;
exports.runner = undefined;
exports.setupFilesAfterEnv = undefined;
exports.dependencyExtractor = undefined;
exports.testPathIgnorePatterns = undefined;
exports.coveragePathIgnorePatterns = undefined;
exports.transform = undefined;

module.exports = require('./build/entries/preset').preset(__dirname);
