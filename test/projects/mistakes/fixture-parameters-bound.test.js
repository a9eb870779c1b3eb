fixture('bound', (({ db }) => {}).bind(null));
test('never', () => {});
