const ask = require('../ask');
const own = [1, 2, 3].map(n => `own 1: ${n}`);

test('a class of the directory is for its Loop and narrower ones', async ({ inDirectory, eventLoop }) => {
  expect(inDirectory).toEqual(own);
  expect(await ask(eventLoop)).toEqual(own);
});
test('the Loop of a test has closed its own', ({ closed }) => expect(closed()).toBe(1));
test('in the Loop of the directory', { loopScope: 'directory' }, async ({ eventLoop, closed }) => {
  expect(await ask(eventLoop)).toEqual(own);
  expect(closed()).toBe(1);
});
test('but not for a wider one', ({ workerAsks }) => expect(workerAsks).toBe(1));
