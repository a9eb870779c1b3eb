const { sleep } = require('jest-loop');
const { about } = require('./about');
const { left } = require('./parts');

const start = ({ request }) => left.interval(about(request));

/** The hooks that a describe block may have. `fails` says for which test one of them fails. */
exports.hooks = {
  /** What a wide fixture started goes on, whatever became of the tests. */
  block: () =>
    afterAll(async ({ block }) => {
      const { ticks } = block;
      while (block.ticks === ticks) await sleep(1);
    }),
  waiting: () => {
    beforeEach(() => sleep(1));
    afterEach(() => sleep(1));
  },
  starting: () => {
    beforeEach(start);
    afterEach(start);
  },
  failing: fails =>
    beforeEach(async ({ request }) => {
      await sleep(0);
      if (fails(request.test.name)) throw about(request).error('hook');
    }),
};
