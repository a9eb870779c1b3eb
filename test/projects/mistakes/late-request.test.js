let kept;
fixture('db', 1);
test('keeps its request', ({ request }) => {
  kept = request;
});
test('and uses it too late', () => kept.get('db'));
