module.exports = 'body';
