module.exports = 'wide';
