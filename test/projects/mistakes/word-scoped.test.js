test.scoped({ db: 1 });
