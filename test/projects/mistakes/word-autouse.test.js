fixture('db', { autouse: true }, 1);
