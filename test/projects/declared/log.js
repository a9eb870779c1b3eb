module.exports = require('../log');
