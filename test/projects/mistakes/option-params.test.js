fixture('db', { params: [] }, () => 1);
