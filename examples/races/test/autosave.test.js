const { setTimeout: sleep } = require('node:timers/promises');
const { Autosave, FixedAutosave } = require('../src/autosave');

test.each([
  ['broken', Autosave],
  ['fixed', FixedAutosave],
])('a %s autosave writes the last text', async (_, Kind) => {
  const disk = [];
  let begun;
  const writing = new Promise(resolve => {
    begun = resolve;
  });
  const autosave = new Kind(async text => {
    begun();
    await sleep(20);
    disk.push(text);
  });
  autosave.type('Hello');
  await writing;
  await sleep(20);
  autosave.type('Hello, world');
  await sleep(500);
  expect(disk).toEqual(['Hello', 'Hello, world']);
});
