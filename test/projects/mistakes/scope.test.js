fixture('narrow', () => 1);
fixture('block', { scope: 'describe' }, () => 1);
fixture('wide', { scope: 'file' }, ({ narrow }) => narrow);
fixture('wide2', { scope: 'file' }, ({ block }) => block);
fixture('dynamic', { scope: 'file' }, (_, { get }) => get('narrow'));
test('file on test', ({ wide }) => {});
test('file on describe', ({ wide2 }) => {});
test('at run time', ({ dynamic }) => {});
describe('beforeAll', () => {
  beforeAll(({ narrow }) => {});
  test('requests a test-scoped one', () => {});
});
describe('beforeAll at run time', () => {
  beforeAll(({ request }) => request.get('narrow'));
  test('requests a test-scoped one', () => {});
});
