// Nothing here is of jest-loop: all is as Jest has it.
const wait = ms => new Promise(resolve => setTimeout(resolve, ms));
let left;

test('a timer outlives its test', () => {
  left = new Promise(resolve => setTimeout(() => resolve('fired'), 5));
});
test('as ever', async () => expect(await left).toBe('fired'));
test("Jest's own time limit", () => wait(1000), 10);
test("Jest's own word on a rejection", async () => {
  Promise.reject(new Error('unhandled'));
  await wait(5);
});
test("Jest's own word on an exception", async () => {
  setTimeout(() => {
    throw new Error('uncaught');
  }, 1);
  await wait(10);
});
test('returns something', () => 5);
test('stacks have all frames', () => {
  expect(new Error('here').stack).toContain('jest-circus');
});
test('done called again after the end', done => {
  setTimeout(done, 1);
  setTimeout(done, 10);
});
test('is nothing while another test runs', () => wait(20));
test.loop('of a managed one', done => {
  setTimeout(done, 1);
  setTimeout(done, 10);
});
test('is nothing either', () => wait(20));
test('an async generator', async function* () {});

describe('a default of the whole parameter', () => {
  const make = () => ({ calc: 1, request: 2, app: 3, more: 4 });
  test('with a rest', ({ calc, ...others } = make()) => expect([calc, others.more]).toEqual([1, 4]));
  test('with a key in brackets', ({ ['re' + 'quest']: two } = make()) => expect(two).toBe(2));
  test('with the name of a built-in', ({ request, app } = make()) => expect([request, app]).toEqual([2, 3]));
  test.each([0])('of row %i', (_, { request, ...others } = make()) => expect(others.calc).toBe(1));
  for (const hook of [beforeAll, beforeEach, afterEach, afterAll]) {
    hook(({ request, ...others } = make()) => {
      expect([request, others.calc]).toEqual([2, 1]);
      ran.push(hook.name);
    });
  }
  const ran = [];
  test('hooks run', () => expect(ran).toContain('beforeEach'));
});
