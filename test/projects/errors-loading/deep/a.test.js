setTimeout(() => Promise.reject(new Error('from the test file')), 30);
describe('a block', () => {
  setTimeout(() => Promise.reject(new Error('from a describe block')), 30);
  test('is not blamed', () => new Promise(resolve => setTimeout(resolve, 200)));
  test('nor is this', () => new Promise(resolve => setTimeout(resolve, 10)));
});
