const path = require('node:path');
const { about } = require('./about');
const { endings } = require('./endings');
const { hooks } = require('./hooks');
const plan = require('./plan.json');
const { leftTimer, left, stubborn, waits } = require('./parts');

const named = Object.entries(left).map(([name, fn]) => [`left ${name}`, fn]);
const parts = { ...waits, ...Object.fromEntries(named), leftTimer, stubborn };

async function body(planned, request, tasks) {
  const t = { ...about(request), late: planned.late };
  for (const name of planned.parts) await parts[name](t);
  const [kind, name] = planned.ending;
  await endings[kind][name](t, { tasks });
}

/** Registers the tests of a file, as the plan has them. */
module.exports = file => {
  for (const block of plan[path.basename(file)]) {
    describe(block.name, () => {
      const failing = new Set(block.tests.filter(({ hook }) => hook === 'fails').map(({ id }) => id));
      for (const name of block.hooks) hooks[name](id => failing.has(id));
      for (const each of block.tests) {
        const options = { useFixtures: each.fixtures, ...(each.limit && { timeout: each.limit }) };
        test(each.id, options, ({ request, tasks }) => body(each, request, tasks));
      }
    });
  }
};
