// Vitest's habit: an async function with a plain parameter, which is Jest's `done`.
fixture('db', { rows: [1] });
const fn = async context => context;
test('that reads nothing', async ctx => {}, 20);
test('that passes it on', async ctx => fn(ctx), 20);
test('that reads what Vitest has', async ctx => ctx.onTestFinished(() => {}), 20);
test('that is not async', t => t.onTestFinished(() => {}));
test('that reads a member that nothing has', async ctx => ctx.user.name, 20);
test.each([1])('of row %i', async (_, ctx) => {}, 20);
test('under the name done', async done => {}, 20);
test('that calls it', async callback => callback());
describe('in hooks', () => {
  beforeEach(async ctx => {
    ctx.user = 1;
  }, 20);
  test('of a test', () => {});
});
test('that passes', callback => callback());
test('that fails', callback => {
  callback(new Error('not ready'));
});
