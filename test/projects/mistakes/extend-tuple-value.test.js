class Handler {}
const t = test.extend({
  pair: [1, { path: '/' }],
  classes: [Handler, { path: '/' }],
  longer: [() => {}, { path: '/' }, 1],
  options: [1, { scope: 'file' }, 2],
  instances: [() => {}, new Map()],
});
t('other lists are values', ({ pair, classes, longer, options, instances }) => {
  expect([pair[1].path, classes[0], instances.length]).toEqual(['/', Handler, 2]);
  expect([longer.length, options.length]).toEqual([3, 3]);
});
