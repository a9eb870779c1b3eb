'use strict';

module.exports = require('./build/entries/preset').preset(__dirname);
