fixture('db', { params: [1, 2], ids: ['one'] }, () => 1);
