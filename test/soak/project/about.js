const { getRunningLoop } = require('jest-loop');

/** A test's own data, by which everything it starts says in which test it runs. */
exports.about = request => {
  const id = request.test.name;
  // Whatever is kept of a test keeps this.
  const load = new Array(4000).fill(id);
  const tick = what => {
    soak.fired++;
    if (soak.running !== load[0]) soak.write(`stray: ${what} of ${id} while ${soak.running} runs`);
  };
  const task = fn => {
    const started = getRunningLoop().createTask(async signal => {
      tick('task');
      return await fn(signal);
    });
    soak.tasks.push(started);
    return started;
  };
  return {
    id,
    request,
    load,
    tick,
    task,
    loop: getRunningLoop(),
    error: what => new Error(`<${what} of ${id}>`),
  };
};
