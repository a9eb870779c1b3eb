fixture('none', async function* () {
  if (0) yield;
});
fixture('noneSync', function* () {});
fixture('twice', async function* () {
  yield 1;
  yield 2;
});
fixture('twiceSync', function* () {
  try {
    yield 1;
    yield 2;
  } finally {
    throw new Error('and its finally fails');
  }
});
test('did not yield', ({ none }) => {});
test('did not yield, sync', ({ noneSync }) => {});
test('yielded twice', ({ twice }) => {});
test('yielded twice, sync', ({ twiceSync }) => {});
