import { callsParameter } from '../../../src/parameters';

const make = (text: string): (() => unknown) => new Function(`return (${text})`)();

test.each([
  ['async ({}, use) => { await use(1); }'],
  ['async function* ({}, use) { yield use(1); }'],
  ['({}, use) => [1].map(value => use(value))'],
  ['async (_a, use_1) => __awaiter(void 0, [_a, use_1], void 0, function* ({}, use) { yield use(1); })'],
])('%s calls its second parameter', text => {
  expect(callsParameter(make(text), 1, 'use')).toBe(true);
});

test.each([
  ['({}, use) => use.name'],
  ['({}, use) => { /* use(1) */ return "use(1)" + use.get("a"); }'],
  ['({}, request) => request.use(1)'],
  ['({ use }) => use(1)'],
  ['() => use(1)'],
  ['class { use() {} }'],
])('%s does not', text => {
  expect(callsParameter(make(text), 1, 'use')).toBe(false);
});
