module.exports = 'set-up';
