const path = require('node:path');
const { sleep } = require('jest-loop');
const { about } = require('./about');
const { endings } = require('./endings');
const plan = require('./plan.json');
const { leftTimer, left, stubborn, waits } = require('./parts');

const parts = {
  ...waits,
  ...Object.fromEntries(Object.entries(left).map(([name, fn]) => [`left ${name}`, fn])),
};
parts.leftTimer = leftTimer;
parts.stubborn = stubborn;

async function body(planned, request, tasks) {
  const t = { ...about(request), late: planned.late };
  for (const name of planned.parts) await parts[name](t);
  const [kind, name] = planned.ending;
  await endings[kind][name](t, { tasks });
}

/** Registers the tests of a file, as the plan has them. */
module.exports = file => {
  for (const { name, hooks, tests } of plan[path.basename(file)]) {
    describe(name, () => {
      const planned = new Map(tests.map(each => [each.id, each]));
      if (hooks.includes('block')) {
        afterAll(async ({ block }) => {
          const { ticks } = block;
          while (block.ticks === ticks) await sleep(1);
        });
      }
      if (hooks.includes('waiting')) {
        beforeEach(async () => sleep(1));
        afterEach(async () => sleep(1));
      }
      if (hooks.includes('starting')) {
        beforeEach(({ request }) => left.interval(about(request)));
        afterEach(({ request }) => left.interval(about(request)));
      }
      if (hooks.includes('failing')) {
        beforeEach(async ({ request }) => {
          await sleep(0);
          if (planned.get(request.test.name).hook === 'fails') throw about(request).error('hook');
        });
      }
      for (const each of tests) {
        const options = { useFixtures: each.fixtures, ...(each.limit && { timeout: each.limit }) };
        test(each.id, options, ({ request, tasks }) => body(each, request, tasks));
      }
    });
  }
};
