module.exports = 'teardown';
