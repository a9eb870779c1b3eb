'use strict';

const { writeProject } = require('../project');
const { PRESET } = require('./sources');

/*
 * The same small pieces of work, done by a Loop and by plain Node. Each returns the ms that it took; the first round
 * of each compiles the code and is not counted.
 */
const WORK = `
const COUNT = 100_000;

// Concurrent waits, in realistic portions.
const PORTION = 1000;
async function inPortions(start) {
  for (let done = 0; done < COUNT; done += PORTION) await Promise.all(Array.from({ length: PORTION }, start));
}

const loopWork = loop => ({
  'sleep(0), one after the other': async () => { for (let i = 0; i < COUNT; i++) await loop.sleep(0); },
  'sleep(0), 1000 at once': () => inPortions(() => loop.sleep(0)),
  'tasks, one after the other': async () => { for (let i = 0; i < COUNT; i++) await loop.createTask(async () => i); },
  'tasks, 1000 at once': () => inPortions((_, i) => loop.createTask(async () => i)),
});

const turn = () => new Promise(resolve => setImmediate(resolve));
// Like a task, this begins in a later microtask.
const later = async i => { await undefined; return i; };
const bareWork = {
  'sleep(0), one after the other': async () => { for (let i = 0; i < COUNT; i++) await turn(); },
  'sleep(0), 1000 at once': () => inPortions(turn),
  'tasks, one after the other': async () => { for (let i = 0; i < COUNT; i++) await later(i); },
  'tasks, 1000 at once': () => inPortions((_, i) => later(i)),
};

async function timed(work) {
  const found = {};
  for (const [name, run] of Object.entries(work)) {
    await run();
    const started = performance.now();
    await run();
    found[name] = performance.now() - started;
  }
  return found;
}
const write = found => require('node:fs').writeFileSync(require('node:path').join(__dirname, 'times.json'), JSON.stringify(found));
`;

const OUTSIDE = {
  bare: `${WORK} timed(bareWork).then(write);`,
  loop: `${WORK} const { Loop } = require('jest-loop');
(async () => {
  const loop = new Loop();
  write(await loop.runUntilComplete(() => timed(loopWork(loop))));
  await loop.close();
})();`,
};

const INSIDE = {
  bare: `${WORK} test('bare', async () => { write(await timed(bareWork)); }, 600_000);`,
  loop: `${WORK} const { getRunningLoop } = require('jest-loop');
test('in a Loop', async () => { write(await timed(loopWork(getRunningLoop()))); }, 600_000);`,
};

/** Programs for Node itself, and Jest projects of one test; each leaves its times in times.json. */
function loops() {
  const program = side =>
    writeProject(`f-node-${side}`, { files: { 'main.js': OUTSIDE[side] }, tests: 0, packageJson: {} });
  const suite = side =>
    writeProject(`f-jest-${side}`, {
      files: { 'file-1.test.js': INSIDE[side] },
      tests: 1,
      packageJson: { babel: {} },
      config: side === 'loop' ? PRESET : {},
    });
  return {
    outside: [program('bare'), program('loop')],
    inside: [suite('bare'), suite('loop')],
  };
}

module.exports = { loops };
