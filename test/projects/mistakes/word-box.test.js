test.extend({ db: [1, { box: true }] });
