test('a fixture that nobody declared', ({ setings }) => {
  expect(setings.port).toBe(5432);
});

describe('a cycle', () => {
  fixture('author', ({ book }) => ({ wrote: book }));
  fixture('book', ({ page }) => ({ pages: [page] }));
  fixture('page', ({ author }) => ({ by: author }));

  test('of fixtures that wait for each other', ({ author }) => {
    expect(author.wrote).toBeDefined();
  });
});

describe('a scope', () => {
  fixture('pool', { scope: 'describe' }, ({ settings }) => ({ settings, size: 5 }));

  test('that outlives what it depends on', ({ pool }) => {
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

test('a fixture that is declared too late', () => {
  fixture('visitor', 'eve');
});
