test('jest', ({ mock }) => {});
test('jest, again', ({ mock }) => {});
test('a hook', ({ hook }) => {});
test('another name', ({ other }) => {});
