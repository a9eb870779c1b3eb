class Handler {}
const t = test.extend({
  pair: [1, { path: '/' }],
  classes: [Handler, { path: '/' }],
  instances: [() => {}, new Map()],
});
t('other lists are values', ({ pair, classes, instances }) => {
  expect([pair[1].path, classes[0], instances.length]).toEqual(['/', Handler, 2]);
});
