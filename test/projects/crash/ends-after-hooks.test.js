afterEach(() => {});

require('./ends/tests')();
