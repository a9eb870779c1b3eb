'use strict';

module.exports = require('./build/preset').preset(__dirname);
