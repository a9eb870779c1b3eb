fixture('db', { params: 'x' }, () => 1);
