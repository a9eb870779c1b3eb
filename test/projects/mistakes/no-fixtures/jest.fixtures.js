module.exports = { db: () => ({}) };
