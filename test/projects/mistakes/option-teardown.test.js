fixture('db', { teardown: db => db.close() }, () => ({}));
