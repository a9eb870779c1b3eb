fixture('db', 1);
