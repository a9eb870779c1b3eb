// Three tasks at once, in the Loop that is given: how many threads ran them, and what an executor of ours says.
module.exports = async loop => {
  const work = () => require('node:worker_threads').threadId;
  const given = await Promise.all([1, 2, 3].map(n => loop.runInExecutor(work, n)));
  return typeof given[0] === 'string' ? given : new Set(given).size;
};
