fixture('db', { scope: 'fiel' }, () => 1);
