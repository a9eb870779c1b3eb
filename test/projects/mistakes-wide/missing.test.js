test('declared only where tests run', ({ inside }) => {});
