fixture('greeting', 'hello');
const helper = ({ greeting }) => {};

test('bound', helper.bind(null), 20);
test('a mock', jest.fn(helper), 20);
test.each([[1]])('a row', ((a, { greeting }) => {}).bind(null), 20);
test('its source can be read', done => {}, 20);
test('that calls done', (done => done()).bind(null), 200);
