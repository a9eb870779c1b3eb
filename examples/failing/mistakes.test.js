test('an unknown fixture', ({ setings }) => {
  expect(setings.port).toBe(5432);
});

describe('a cycle', () => {
  fixture('author', ({ book }) => ({ wrote: book }));
  fixture('book', ({ page }) => ({ pages: [page] }));
  fixture('page', ({ author }) => ({ by: author }));

  test('of three fixtures', ({ author }) => {
    expect(author.wrote).toBeDefined();
  });
});

describe('a scope', () => {
  fixture('pool', { scope: 'describe' }, ({ settings }) => ({ settings, size: 5 }));

  test('wider than that of a dependency', ({ pool }) => {
    expect(pool.size).toBe(5);
  });
});

describe('a generator', () => {
  fixture('clock', function* () {
    if (Date.now() < 0) yield 'a clock';
  });
  fixture('timer', function* () {
    yield 'a timer';
    yield 'another timer';
  });

  test('that does not yield', ({ clock }) => {
    expect(clock).toBe('a clock');
  });

  test('that yields twice', ({ timer }) => {
    expect(timer).toBe('a timer');
  });
});

test('a fixture declared too late', () => {
  fixture('visitor', 'eve');
});
