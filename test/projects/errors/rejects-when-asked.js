/** A fixture that rejects in a Loop of its own as soon as a test wants it. */
exports.rejectsWhenAsked = async function* () {
  const state = {};
  const timer = setInterval(() => {
    if (state.wanted) state.promise ??= Promise.reject(new Error('handled in the end'));
  }, 1);
  yield state;
  clearInterval(timer);
};
