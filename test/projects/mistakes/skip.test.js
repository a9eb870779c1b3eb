test('takes no condition', ({ request }) => {
  request.skip(true, 'offline');
});
