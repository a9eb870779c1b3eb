/** @jest-loop {"defaultAsyncTimeout": 60000} */
const { log } = require('../log');

for (const [kind, options] of [
  ['own', {}],
  ['shared', { scope: 'file' }],
]) {
  for (let i = 0; i < 3000; i++)
    fixture(`${kind}${i}`, options, async (_, { get }) => (i === 0 ? 0 : (await get(`${kind}${i - 1}`)) + 1));
}
fixture('endless0', (_, { get }) => get('endless299'));
for (let i = 1; i < 300; i++) fixture(`endless${i}`, async (_, { get }) => get(`endless${i - 1}`));

test('a long chain of request.get', async ({ request }) => {
  expect(await request.get('own2999')).toBe(2999);
});
test('of what others share', async ({ request, shared2999 }) => expect(shared2999).toBe(2999));
test('that is a circle', async ({ request }) => {
  await expect(request.get('endless150')).rejects.toThrow('endless');
  log('is rejected');
});
