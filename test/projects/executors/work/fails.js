class OwnError extends Error {}
module.exports = code => {
  throw Object.assign(new OwnError('in the thread'), { code });
};
