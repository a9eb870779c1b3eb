// Functions of test.extend('a', fn) in the object form.
fixture('greeting', 'hello');
const t = test.extend({
  generator: async function* () {
    yield 1;
  },
  returned: () => 1,
});
test.override({ greeting: ({}) => 'x' });

t('a generator', ({ generator }) => {});
t('a value', ({ returned }) => {});
test('a value that overrides', ({ greeting }) => {});
