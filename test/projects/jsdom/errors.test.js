const { log } = require('../log');
let later;

test('throws in a timer, later', () => {
  setTimeout(() => {
    throw new Error('of the first test');
  }, 5);
});
test('is not to blame', () => new Promise(resolve => setTimeout(resolve, 40)));
test('throws in a listener of the window', () => {
  const button = document.createElement('button');
  button.addEventListener('click', () => {
    throw new Error('clicked');
  });
  button.click();
});
test('a rejection', async () => {
  Promise.reject(new Error('rejected'));
});
test('who listens for errors gets them', async () => {
  const seen = await new Promise(resolve => {
    window.addEventListener('error', (later = event => resolve(event.error.message)));
    setTimeout(() => {
      throw new Error('listened to');
    }, 1);
  });
  window.removeEventListener('error', later);
  log(`heard: ${seen}`);
});
test.catchLoopExceptions(false)('collected', async ({ loopExceptions }) => {
  setTimeout(() => {
    throw new Error('for loopExceptions');
  }, 1);
  await new Promise(resolve => setTimeout(resolve, 20));
  expect(loopExceptions.map(String)).toEqual(['Error: for loopExceptions']);
});
test('an error is one of this window', async ({ request }) => {
  await expect(request.get('unknown')).rejects.toBeInstanceOf(Error);
});
