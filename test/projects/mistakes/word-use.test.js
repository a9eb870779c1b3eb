test.use({ db: 1 });
