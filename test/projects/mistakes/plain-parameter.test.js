// A parameter without braces requests nothing: what the function reads of it is not there.
fixture('greeting', 'hello');
fixture('read', deps => 'http://' + deps.greeting);
fixture('destructured', deps => {
  const { greeting } = deps;
  return greeting;
});
fixture('param', { params: [1] }, request => request.param);
fixture('get', request => request.get('greeting'));
const t = test.extend({
  used: async (deps, use) => {
    await use(deps.greeting);
  },
  cleaned: async (deps, use) => {
    deps.onCleanup(() => {});
    await use(1);
  },
});

test('a name', ({ read }) => {});
test('braces in the body', ({ destructured }) => {});
test('the parameter of the request', ({ param }) => {});
test('a method of the request', ({ get }) => {});
t('with use', ({ used }) => {});
t('a method of the request with use', ({ cleaned }) => {});
