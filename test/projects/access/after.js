module.exports = 'loaded in a teardown';
