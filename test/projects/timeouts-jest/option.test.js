/** @jest-loop {"defaultAsyncTimeout": 32} */
const forever = () => new Promise(() => {});

jest.setTimeout(10_000);
test('defaultAsyncTimeout of the project comes before those of Jest', forever);
describe('a default timeout', () => {
  fixture('sessionDefaultAsyncTimeout', 33);
  test('comes before both', forever);
});
describe('the one that always is there', () => {
  test('gives the option', ({ sessionDefaultAsyncTimeout }) => expect(sessionDefaultAsyncTimeout).toBe(32));
});
